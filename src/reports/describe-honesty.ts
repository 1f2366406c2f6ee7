import { formatCount, formatDay, formatNumber } from '../base/format.ts'
import type { Day } from '../base/periods.ts'
import type { CycleSummary } from '../findings/finding.ts'

/** `Data complete until 30 Sep 2026 (ticket: 29 Sep).`: the day most models reach, and those that reach another. */
export function describeCompleteness(dataUntil: Readonly<Record<string, Day>>): string {
  const days = Object.values(dataUntil)
  if (days.length === 0) return ''
  const counts = new Map<Day, number>()
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1)
  const [common] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? 1 : -1))[0]!
  const others = Object.entries(dataUntil)
    .filter(([, day]) => day !== common)
    .map(([model, day]) => `${model}: ${formatDay(day, { year: day.slice(0, 4) !== common.slice(0, 4) })}`)
  return `Data complete until ${formatDay(common)}${others.length === 0 ? '' : ` (${others.join(', ')})`}.`
}

/**
 * How much was asked to find this little: `Tested 12,431 hypotheses on 9,118 series; 37 held up at a false-discovery rate of 5%; 5
 * shown. Data complete until 30 Sep 2026.`
 */
export function describeHonesty(
  summary: CycleSummary,
  shown: number,
  dataUntil: Readonly<Record<string, Day>>,
): string {
  const rate = formatNumber(summary.fdr, { format: 'percent' })
  const tested = `Tested ${formatCount(summary.tested)} hypotheses on ${formatCount(summary.series)} series`
  return `${tested}; ${formatCount(summary.heldUp)} held up at a false-discovery rate of ${rate}; ${formatCount(shown)} shown. ${describeCompleteness(dataUntil)}`.trim()
}

/** What the null replicate measured: `Of 1,243 tests on shuffled series, 1 held up by chance (0.1%).`; empty when none was run. */
export function describeNullReplicate({ nullReplicate }: Pick<CycleSummary, 'nullReplicate'>): string {
  if (nullReplicate.tested === 0) return ''
  const share = formatNumber(nullReplicate.false / nullReplicate.tested, { format: 'percent' })
  return `Of ${formatCount(nullReplicate.tested)} tests on series shifted in time, ${formatCount(nullReplicate.false)} held up by chance (${share}).`
}

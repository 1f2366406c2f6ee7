import { countNoun, formatCount, formatDay, formatNumber } from '../base/format.ts'
import type { Day } from '../base/periods.ts'
import type { CycleSummary, LedgerSummary } from '../findings/finding.ts'

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

/**
 * What the null replicate measured, in this cycle and over some weeks, and what was done about it: `Of 1,243 tests on shuffled series, in which
 * nothing can have happened, 1 held up (0.1%).`; empty when none was run.
 */
export function describeNullReplicate({
  nullReplicate: { tested, false: held },
  ledger,
}: Pick<CycleSummary, 'nullReplicate' | 'ledger'>): string {
  const today =
    tested === 0
      ? ''
      : `Of ${formatCount(tested)} tests on shuffled series, in which nothing can have happened, ${formatCount(held)} held up (${formatShare(held, tested)}).`
  return [today, describeReplicates(ledger), ...(ledger?.tightened ?? []).map(describeTightened)]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

const formatShare = (some: number, all: number): string => formatNumber(some / all, { format: 'percent' })

/** `In 28 days 9 of 8,120 such tests had a p-value below 0.1% (0.11%).` */
function describeReplicates(ledger: CycleSummary['ledger']): string {
  if (!ledger || ledger.replicates.tested === 0) return ''
  const { days, tested, far, promised } = ledger.replicates
  const share = formatNumber(promised, { format: 'percent' })
  return `In ${days} days ${formatCount(far)} of ${formatCount(tested)} such tests had a p-value below ${share} (${formatShare(far, tested)}).`
}

/** A level that is lowered further lets nothing through. Where all of a detector's replicates were that sure it is infinitely lower, which is stored as nothing. */
const timesMax = 1e9

function describeTightened({ detector, far, tested, times }: LedgerSummary['tightened'][number]): string {
  const isHeld = times > 0 && times <= timesMax
  const verdict = isHeld ? `is held to a level ${formatNumber(times)} times lower` : 'is not believed for now'
  return `${detector} had ${formatCount(far)} of its ${formatCount(tested)} below it, more than chance explains, and ${verdict}.`
}

/**
 * `2 findings are new; the level for new ones was 1.3%, out of the 5% promised over all cycles; 40 tests were on unchanged data and do not
 * count again.`; empty before the cycle is judged.
 */
export function describeLedger({ ledger, fdr }: Pick<CycleSummary, 'ledger' | 'fdr'>): string {
  if (!ledger) return ''
  const [level, rate] = [ledger.level, fdr].map((share) => formatNumber(share, { format: 'percent' }))
  const repeated =
    ledger.repeated === 0
      ? ''
      : `; ${countNoun(ledger.repeated, 'test was', 'tests were')} on unchanged data and ${ledger.repeated === 1 ? 'does' : 'do'} not count again`
  return `${countNoun(ledger.discoveries, 'finding is', 'findings are')} new; the level for new ones was ${level}, out of the ${rate} promised over all cycles${repeated}.`
}

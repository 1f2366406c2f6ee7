import { formatNumber, formatPerGrain, withoutUnit } from '../../base/format.ts'
import type { MeasureKind } from '../../detectors/shapes.ts'
import type { Finding } from '../finding.ts'

/** The latest season of a metric in a slice. */
export interface Recent {
  /** Mean a period, or the rate or mean of its rows. */
  readonly value: number
  readonly kind: MeasureKind
}

/** Part of the way back to what was expected, from which on a story is over. */
const backMin = 2 / 3

const isBack = ({ observed, expected }: Finding, { value }: Recent): boolean =>
  Math.abs(value - expected) <= (1 - backMin) * Math.abs(observed - expected)

function tellRecovery(finding: Finding, recent: Recent, cycleId: string): Finding {
  const { metricLabel, sliceLabel, unit, format, grain, observed, expected } = finding
  const style = { unit, format }
  const pace = recent.kind === 'count' || recent.kind === 'amount' ? ` ${formatPerGrain(grain)}` : ''
  const subject = sliceLabel === '' ? metricLabel : `${metricLabel} (${sliceLabel})`
  const [now, usual, was] = [recent.value, expected, observed].map((value) => formatNumber(value, withoutUnit(style)))
  const headline = `${subject} recovered: ${formatNumber(recent.value, style) === now ? now : formatNumber(recent.value, style)}${pace} in the latest ${grain === 'day' ? 'week' : 'weeks'} against ${usual} expected, after ${was}`
  return { ...finding, state: 'recovered', recent: recent.value, headline, cycleId }
}

const isOpen = ({ state, to, from }: Finding): boolean =>
  (state === 'new' || state === 'ongoing') && to === null && from !== null

/**
 * Which stories are over, told once: one of the cycle before that lasted and is not told any more, or that has an end now, when the latest season
 * is two thirds of the way back to what was expected. One that was told as recovered is not told again while it is over. `recentOf` reads the
 * latest season; undefined where it cannot be read. Numbers stay those of the finding, so that it recomputes; the headline says the latest.
 */
export async function settleRecoveries(
  findings: readonly Finding[],
  before: readonly Finding[],
  cycleId: string,
  recentOf: (finding: Finding) => Promise<Recent | undefined>,
): Promise<{ readonly active: readonly Finding[]; readonly recovered: readonly Finding[] }> {
  const told = new Map(before.map((finding) => [finding.key, finding]))
  const active: Finding[] = []
  const recovered: Finding[] = []
  for (const finding of findings) {
    const earlier = told.get(finding.key)
    if (finding.to === null || earlier === undefined) active.push(finding)
    else if (earlier.state !== 'recovered') {
      const recent = await recentOf(finding)
      if (isOpen(earlier) && recent && isBack(finding, recent)) recovered.push(tellRecovery(finding, recent, cycleId))
      else active.push(finding)
    }
  }
  const keys = new Set(findings.map(({ key }) => key))
  for (const earlier of before.filter((one) => isOpen(one) && !keys.has(one.key))) {
    const recent = await recentOf(earlier)
    if (recent && isBack(earlier, recent)) recovered.push(tellRecovery(earlier, recent, cycleId))
  }
  const rank = (list: readonly Finding[], first: number) => list.map((one, at) => ({ ...one, rank: first + at }))
  return { active: rank(active, 1), recovered: rank(recovered, active.length + 1) }
}

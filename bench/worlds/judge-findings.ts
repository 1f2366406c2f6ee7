import { addPeriods, daysBetween } from '../../src/base/periods.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { type Effect, rows, type Trade } from './trade.ts'

const places = ['exact', 'ancestor', 'narrower', 'shadow', 'misdated'] as const
/** What a finding is to an effect: its slice, more, less, or another that overlaps; or of the right slice and late. */
export type Place = (typeof places)[number]

const nameField = (path: string): string => path.split('.').at(-1)!
const toSet = (slice: Effect['slice'] | Finding['slice'] = []): ReadonlySet<string> =>
  new Set(slice.map(({ field, value }) => `${nameField(field)}=${value}`))
const isWithin = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].every((one) => b.has(one))

interface Truth {
  readonly slice: NonNullable<Effect['slice']>
  readonly sign: number
}

/** An effect, and the other side of rows that went over. */
function listTruths({ slice = [], factor, becomes }: Effect): readonly Truth[] {
  const sign = Math.sign(factor - 1)
  return [{ slice, sign }, ...(becomes ? [{ slice: [{ ...slice[0]!, value: becomes }], sign: -sign }] : [])]
}

/** Days by which an onset may be off: a slow one has none that is sharp, weeks and counts of accounts are coarser. */
const toleranceOf = ({ isSlow }: Effect, { grain }: Finding): number => (isSlow ? 21 : grain === 'day' ? 7 : 14)

/** Whether a finding names an account, or says that most of its movement lies in it. */
function isAbout({ named = [], accounts }: Finding, account: string): boolean {
  const isIt = (label: unknown) => label === account || label === `Company ${account}`
  const [first] = accounts?.top ?? []
  return named.some(({ label }) => isIt(label)) || (first !== undefined && first.share >= 0.5 && isIt(first.label))
}

/** As the scorer of the open worlds does: metric, direction and onset have to fit, then the slice says how well. */
function relate(finding: Finding, effect: Effect, { metrics, asOf }: Trade, account: string): Place | undefined {
  const moved = metrics[finding.metric]?.moves[effect.moves]
  if (!moved || finding.from === null) return undefined
  const delay = daysBetween(addPeriods(asOf, -effect.ago, 'day'), finding.from)
  const tolerance = toleranceOf(effect, finding)
  if (delay < -tolerance) return undefined
  if (account !== '') {
    if (isAbout(finding, account)) return 'exact'
    return delay <= tolerance && (finding.direction === 'up') === effect.factor > 1 ? 'shadow' : undefined
  }
  const found = listTruths(effect).flatMap(({ slice, sign }): readonly Place[] => {
    if ((finding.direction === 'up' ? 1 : -1) !== sign * moved) return []
    const [mine, truth] = [toSet(finding.slice), toSet(slice)]
    const place = isWithin(mine, truth)
      ? mine.size === truth.size
        ? 'exact'
        : 'ancestor'
      : isWithin(truth, mine)
        ? 'narrower'
        : 'shadow'
    if (delay <= tolerance) return [place]
    return effect.lasts === undefined && place !== 'shadow' ? ['misdated'] : []
  })
  return places.find((place) => found.includes(place))
}

export interface Judged {
  readonly effects: readonly {
    /** Rank of the first finding with the exact slice, and with it or a wider one. */
    readonly exact: number | undefined
    readonly found: number | undefined
    /** Findings that tell of it. */
    readonly told: number
  }[]
  readonly others: readonly Finding[]
}

/** `accounts[i]`: the identifier of the account that effect i is about, or ''. */
export function judgeFindings(
  findings: readonly Finding[],
  effects: readonly Effect[],
  trade: Trade,
  accounts: readonly string[],
): Judged {
  const insights = findings.filter(({ kind }) => kind !== 'arrival').toSorted((a, b) => a.rank - b.rank)
  const related = insights.map((finding) => effects.map((effect, at) => relate(finding, effect, trade, accounts[at]!)))
  const rankOf = (at: number, wanted: readonly Place[]) => {
    const place = related.findIndex((one) => one[at] !== undefined && wanted.includes(one[at]!))
    return place < 0 ? undefined : place + 1
  }
  return {
    effects: effects.map((_, at) => ({
      exact: rankOf(at, ['exact']),
      found: rankOf(at, ['exact', 'ancestor']),
      told: related.filter((one) => one.findIndex(Boolean) === at).length,
    })),
    others: insights.filter((_, at) => !related[at]!.some(Boolean)),
  }
}

export const describeEffect = ({ slice = [], moves, factor, ago, lasts, isSlow, becomes }: Effect): string => {
  const size = `${factor > 1 ? '+' : '−'}${Math.round(Math.abs(factor - 1) * 100)}%`
  const where =
    slice.length > 0 ? ` of ${slice.map(({ field, value }) => `${nameField(field)} ${value}`).join(', ')}` : ''
  const when = lasts === 1 ? 'one day' : isSlow ? `slowly over ${ago + 1} days` : `${lasts ?? ago + 1} days`
  return `${moves === rows ? 'rows' : moves}${where} ${factor === 0 ? 'end' : size}, ${when}${becomes ? `, now ${becomes}` : ''}`
}

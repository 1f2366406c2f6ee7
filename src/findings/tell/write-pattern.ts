import {
  countNoun,
  formatDay,
  formatNumber,
  formatPerGrain,
  formatPeriod,
  formatRange,
  withoutUnit,
} from '../../base/format.ts'
import { addPeriods } from '../../base/periods.ts'
import type { Named } from '../../detectors/detector.ts'
import type { MeasureKind } from '../../detectors/shapes.ts'
import type { Finding, TestedNumbers } from '../finding.ts'

export type PatternInput = Pick<Finding, 'metricLabel' | 'unit' | 'format' | 'grain' | 'kind'> & {
  readonly measureKind: MeasureKind
  /** Of the slice, as in `that came from ads`; empty for the whole. */
  readonly phrase: string
  /** Of the fields whose values were put beside each other: `country and plan`. Empty where there are none. */
  readonly fieldLabels: string
  readonly numbers: TestedNumbers
}

/** Of a pattern, from its numbers and the parts of a sentence that its verdict gave: `Signups varied more: …`. */
export function writePattern(input: PatternInput): string {
  const { metricLabel, phrase, numbers, kind } = input
  const subject = phrase === '' ? metricLabel : `${metricLabel} ${phrase}`
  const verb = numbers.sentence?.verb ?? `shows ${kind.replaceAll('_', ' ')}`
  const told = { ...input, subject, verb }
  if (kind === 'association') return writeAssociation(told)
  if (kind === 'drought' && numbers.details.run !== 'unchanged') return writeNothing(told)
  return kind === 'pace' ? writePace(told) : `${(writers[kind] ?? writePlain)(told)}, ${writeWhen(input)}`
}

type Told = PatternInput & { readonly subject: string; readonly verb: string }

const styleOf = ({ unit, format }: Pick<PatternInput, 'unit' | 'format'>) => ({ unit, format })
const paceOf = ({ measureKind, grain }: PatternInput): string =>
  measureKind === 'count' || measureKind === 'amount' ? ` ${formatPerGrain(grain)}` : ''

/** `41 accounts a day against 60` */
function writeNumbers(told: Told): string {
  const { observed, expected } = told.numbers
  return `${formatNumber(observed, styleOf(told))}${paceOf(told)} against ${formatNumber(expected, withoutUnit(styleOf(told)))}`
}

const writePlain = (told: Told): string => `${told.subject} ${told.verb}: ${writeNumbers(told)} expected`

function writeSeason(told: Told): string {
  const { sentence, direction } = told.numbers
  const way = direction === 'up' ? 'higher' : 'lower'
  return `${told.subject} changed its weekly shape, ${sentence?.subject ?? 'one part'} are ${way}: ${writeNumbers(told)} by the shape before`
}

function writeSpread(told: Told): string {
  const { observed, expected } = told.numbers
  const style = styleOf(told)
  return `${told.subject} ${told.verb}: ${formatNumber(observed, style)} off on a usual ${told.grain} against ${formatNumber(expected, withoutUnit(style))} before`
}

const usualOf = (told: Told): string => `${formatNumber(told.numbers.expected, styleOf(told))}${paceOf(told)} expected`

/** As a count that stopped is told (`writeHeadline`). */
const writeNothing = (told: Told): string =>
  `${told.subject} ${told.numbers.to === null ? 'stopped: none' : 'had none'} ${writeWhen(told)}, ${usualOf(told)}`

const writeUnchanged = (told: Told): string =>
  `${told.subject} ${told.verb}, ${formatNumber(told.numbers.observed, styleOf(told))}: ${usualOf(told)}`

function writeRecord(told: Told): string {
  const before = formatNumber(Number(told.numbers.details.record_before), withoutUnit(styleOf(told)))
  return `${told.subject} ${told.verb}: ${formatNumber(told.numbers.observed, styleOf(told))} against ${before} before`
}

const writeDivergence = (told: Told): string =>
  `${told.subject} ${told.verb}: ${writeNumbers(told)} had it gone the way of the others`

function writeConcentration(told: Told): string {
  const { observed, expected, details, direction } = told.numbers
  const style = { format: 'percent' as const }
  const top =
    Number(details.top) === 1
      ? `the largest ${told.fieldLabels} holds`
      : `the ${details.top} largest by ${told.fieldLabels} hold`
  const way = direction === 'up' ? 'more' : 'less'
  return `${told.subject}: ${top} ${way} of it, ${formatNumber(observed, style)} against ${formatNumber(expected, style)} before`
}

function writeRank(told: Told): string {
  return `${told.subject} ${told.verb} by ${told.fieldLabels}: ${writeNumbers(told)} for ${told.numbers.details.first_before}`
}

const writeMix = (told: Told): string =>
  `${told.subject} ${told.verb} because the mix of ${told.fieldLabels} changed: ${writeNumbers(told)} with the mix before`

/** How many accounts are named on each side. */
const namesMax = 3

/** `2 accounts went quiet (Acme, Beta)`; nothing where there are none. */
function writeSide(count: string, accounts: readonly Named[], verb: string): readonly string[] {
  if (accounts.length === 0) return []
  const names = accounts.slice(0, namesMax).map(({ label }) => label)
  const more = accounts.length > namesMax ? ` and ${accounts.length - namesMax} more` : ''
  return [`${count} ${verb} (${names.join(', ')}${more})`]
}

function writeAccounts(told: Told): string {
  const { named = [], observed, expected } = told.numbers
  const down = named.filter((one) => one.observed < one.expected)
  const up = named.filter((one) => one.observed >= one.expected)
  const isQuiet = down.every((one) => one.observed < one.expected / 2)
  const countUp = down.length === 0 ? countNoun(up.length, 'account') : String(up.length)
  const sides = [
    ...writeSide(countNoun(down.length, 'account'), down, isQuiet ? 'went quiet' : 'fell'),
    ...writeSide(countUp, up, 'surged'),
  ]
  const of = named.length > 1 ? ` for ${named[0]!.label}` : ''
  const numbers = `${formatNumber(observed, styleOf(told))}${paceOf(told)} against ${formatNumber(expected, withoutUnit(styleOf(told)))} expected${of}`
  return `${told.subject}: ${sides.join(' and ')}, ${numbers}`
}

function writeRetention(told: Told): string {
  const { observed, expected, details } = told.numbers
  const style = { format: 'percent' as const }
  const after =
    Number(details.age) === 0 ? `within their first ${told.grain}` : `in ${told.grain} ${details.age} after it`
  return `${told.subject}: ${formatNumber(observed, style)} of those who began came back ${after} against ${formatNumber(expected, style)} of earlier ones`
}

/** The time that something takes has an unit where the metric has one, and is a median where half of both groups are through. */
function writeWaits(told: Told): string {
  const { observed, expected, details } = told.numbers
  const measure = details.measure === 'median' ? 'half are through within' : 'on average'
  const verb = observed > expected ? 'rose' : 'fell'
  return `${told.subject} ${verb}: ${measure} ${formatNumber(observed, styleOf(told))} against ${formatNumber(expected, withoutUnit(styleOf(told)))} before`
}

function writeFunnel(told: Told): string {
  const { observed, expected, details } = told.numbers
  const style = { format: 'percent' as const }
  const window = Number(details.window_days) > 0 ? ` within ${countNoun(Number(details.window_days), 'day')}` : ''
  return `${told.subject}: ${formatNumber(observed, style)} of those who came so far went on${window} against ${formatNumber(expected, style)} before`
}

/** Words without a cause: who is keen does both. A question of the team says itself what was done, and what came of it. */
function writeAssociation({ metricLabel, phrase, numbers }: Told): string {
  const { observed, expected, details, direction } = numbers
  const [share, other] = [observed, expected].map((value) => formatNumber(value, { format: 'percent' }))
  if (phrase === '') return `${metricLabel}: ${share} of those who did against ${other} of those alike who did not`
  const verb = direction === 'up' ? 'goes with' : 'goes less often with'
  const what = phrase.replace(/^with /, '').replace(/^that /, 'what ')
  return `${metricLabel} ${verb} ${what} in the first ${details.first_days} days: ${share} came back in days ${Number(details.first_days) + 1} to ${details.last_day} against ${other} of those as active without it`
}

/** `more very small and more very large ones, the middle half was 25 to 110 against 40 to 80 before, the median 60 against 58` */
function writeDrift(told: Told): string {
  const { details, direction } = told.numbers
  const style = styleOf(told)
  const range = (when: string) =>
    formatRange(Number(details[`low_${when}`]), Number(details[`high_${when}`]), withoutUnit(style))
  const [now, before] = [Number(details.median_now), Number(details.median_before)]
  const which = direction === 'up' ? 'more small and more large ones' : 'fewer small and fewer large ones'
  const median = `the median ${formatNumber(now, style)} against ${formatNumber(before, withoutUnit(style))}`
  return `${told.subject}: ${which}, ${details.range} is ${range('now')} against ${range('before')} before, ${median}`
}

/** What is counted comes to a part of its goal; of a share or a mean both are written. */
function writePace(told: Told): string {
  const { observed, expected, details, to, direction } = told.numbers
  const style = styleOf(told)
  const isUp = Number(details.chance_of_reaching) > 0.5 === (direction === 'up')
  const aim = `${details.period}’s ${isUp ? 'goal' : 'limit'}`
  const by = to === null ? '' : ` by ${formatDay(addPeriods(to, -1, 'day'))}`
  const [projected, goal] = [formatNumber(observed, style), formatNumber(expected, withoutUnit(style))]
  if (told.measureKind === 'ratio' || told.measureKind === 'mean')
    return `${told.subject} is on pace for ${projected} against the ${aim} of ${goal}${by}`
  const soFar = formatNumber(Number(details.so_far), withoutUnit(style))
  const share = formatNumber(observed / expected, { format: 'percent' })
  return `${told.subject} is on pace for ${share} of the ${aim}: ${projected} against ${goal}${by}, ${soFar} so far`
}

const writers: Readonly<Record<string, (told: Told) => string>> = {
  season_change: writeSeason,
  volatility: writeSpread,
  drought: writeUnchanged,
  record: writeRecord,
  account_change: writeAccounts,
  retention_shift: writeRetention,
  duration_shift: writeWaits,
  funnel_shift: writeFunnel,
  drift: writeDrift,
  divergence: writeDivergence,
  concentration: writeConcentration,
  rank_change: writeRank,
  mix_or_rate: writeMix,
}

function writeWhen({ numbers: { from, to }, grain }: PatternInput): string {
  if (from === null) return 'over the whole history'
  if (to === null) return `since ${formatPeriod(from, grain)}`
  const last = addPeriods(to, -1, grain)
  if (last <= from) return grain === 'day' ? `on ${formatDay(from)}` : `in the ${formatPeriod(from, grain)}`
  return `from ${formatPeriod(from, grain)} to ${formatPeriod(last, grain)}`
}

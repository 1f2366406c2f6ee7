import type { Grain } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { quoteName } from '../../dsl/text/quote.ts'
import { giveUp, type Intent, type Key, type Measure } from './intent.ts'
import { listModels } from './mentions.ts'
import { readExistence } from './read-existence.ts'
import { placeKey } from './read-filters.ts'
import { type MeasureReading, nameMeasure, readMeasure } from './read-measure.ts'
import { readRankedRows, settleRank } from './read-rank.ts'
import { readSubjects } from './read-subjects.ts'
import type { TimeRange } from './read-time.ts'
import type { Structure } from './structure.ts'
import type { Mention } from './tag.ts'
import { findTimeField, isAlwaysSet } from './time-field.ts'
import { singularize } from './words.ts'

/** Rows of a ranking that names no number. */
const rankedByDefault = 10

const daysOf = { minute: 0, hour: 0.04, day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const

/** The bucket for "over time": months, or days and weeks where the stretch is short. */
function chooseGrain(range: TimeRange | undefined): Grain {
  if (!range) return 'month'
  const days = daysOf[range.unit] * range.count
  return days <= 45 ? 'day' : days <= 100 ? 'week' : 'month'
}

/** `count(users)` with conditions is `count(users where …)`. */
function narrow(measure: Measure | undefined, conditions: readonly string[]): Measure | undefined {
  if (measure?.kind !== 'per_row' || conditions.length === 0) return measure
  const joint = / where /.test(measure.inner) ? ' and ' : ' where '
  return { ...measure, inner: `${measure.inner.slice(0, -1)}${joint}${conditions.join(' and ')})` }
}

/** The time of what a measure per row adds up: within `range`, or at least set, as in a metric over it. */
function narrowInner(catalog: Catalog, { inner }: MeasureReading, range: TimeRange | undefined): readonly string[] {
  if (!inner?.time) return []
  if (range) return [`${quoteName(inner.time)} ${range.condition}`]
  return isAlwaysSet(catalog, inner.model, inner.time) ? [] : [`${quoteName(inner.time)} is not empty`]
}

/** Filters, time and doubts: what all kinds of questions share. */
function complete(
  catalog: Catalog,
  structure: Structure,
  reading: MeasureReading,
  chosen: { readonly keys: readonly Key[]; readonly rank: Intent['rank'] },
): Intent {
  const { base, measure, inner, used } = reading
  const { range } = structure
  const existence = readExistence(catalog, structure, base)
  const rest = [...structure.subjects, ...existence.plain].filter((mention) => !used.includes(mention))
  const narrowing = readSubjects(catalog, structure, reading, rest)
  const metricTime = measure?.kind === 'metric' ? measure.metric.time : undefined
  const time = narrowing.time ?? metricTime ?? findTimeField(catalog, base)
  const hasTimeKey = chosen.keys.some(({ kind }) => kind === 'time')
  const innerTime = range && !hasTimeKey ? inner?.time : undefined
  const outerRange = innerTime || existence.usesRange ? undefined : range
  if ((outerRange || hasTimeKey) && !time) giveUp(`\`${base}\` has no one time field`)
  const ownRange = outerRange && time ? [`${quoteName(time)} ${outerRange.condition}`] : []
  // A row without the time is in no period of it, and not in a metric over it.
  const needsTime = !outerRange && (hasTimeKey || measure?.kind === 'metric')
  if (needsTime && time && !isAlwaysSet(catalog, base, time)) ownRange.push(`${quoteName(time)} is not empty`)
  const guesses = [...structure.subjects, ...structure.by].filter(({ misspelt }) => misspelt).length
  return {
    base,
    measure: narrow(measure, [
      ...narrowing.innerConditions,
      ...narrowInner(catalog, reading, innerTime ? range : undefined),
    ]),
    conditions: [...narrowing.conditions, ...existence.conditions, ...ownRange],
    time,
    ...chosen,
    show: narrowing.show,
    growth: structure.growth,
    share: structure.share,
    doubt:
      reading.doubt + 0.15 * guesses + (inner && hasTimeKey && measure?.kind === 'per_row' ? reading.perRowDoubt : 0),
  }
}

/** `which plan` asks for one, `which plans` and `top plans` for several. */
const isSingular = ({ text }: Mention): boolean =>
  singularize(text.split(' ').at(-1) ?? '') === text.split(' ').at(-1)?.toLowerCase()

function readKeys(
  catalog: Catalog,
  structure: Structure,
  reading: MeasureReading,
  nouns: readonly Mention[],
): readonly Key[] {
  const wantsTime = structure.trend || structure.growth
  const grain = structure.unit ?? structure.grain ?? (wantsTime ? chooseGrain(structure.range) : undefined)
  const time: readonly Key[] = grain ? [{ kind: 'time', grain }] : []
  return [...time, ...nouns.map((mention): Key => ({ kind: 'path', ...placeKey(catalog, reading.base, mention) }))]
}

/** A list: rows of one model, narrowed. */
function readRows(catalog: Catalog, structure: Structure): Intent {
  const noun = structure.subjects.find((mention) => listModels(catalog, mention).length === 1)
  const [base] = noun ? listModels(catalog, noun) : []
  if (!noun || !base) return giveUp('it is not clear what is asked for')
  const doubt = structure.list ? 0 : 0.15
  const reading = { base, measure: undefined, used: [noun], inner: undefined, doubt, perRowDoubt: 0 }
  return complete(catalog, structure, reading, { keys: [], rank: undefined })
}

/** What a structure means over the catalog. Throws `ReadingFailed` when it has no one meaning. */
export function interpret(catalog: Catalog, given: Structure): Intent {
  const { structure, noun } = settleRank(given)
  const { rank } = structure
  const isLone = structure.unit !== undefined || (noun !== undefined && isSingular(noun))
  const cut = rank && { descending: rank.descending, count: rank.count ?? (isLone ? 1 : rankedByDefault) }
  const rows = readRankedRows(catalog, structure, noun)
  if (rows && cut) {
    const reading = { ...rows, measure: undefined, inner: undefined, doubt: 0, perRowDoubt: 0 }
    return complete(catalog, structure, reading, { keys: [], rank: { ...cut, by: rows.by } })
  }
  const reading = readMeasure(catalog, structure)
  if (!reading) return readRows(catalog, structure)
  const by = structure.by.filter((mention) => !reading.used.includes(mention))
  const keys = readKeys(catalog, structure, reading, [...(noun ? [noun] : []), ...by])
  if (structure.share && !keys.some(({ kind }) => kind === 'path')) giveUp('a share needs something to be a share of')
  if (!rank || !cut) return complete(catalog, structure, reading, { keys, rank: undefined })
  if (keys.length !== 1 || rank.by === 'time' || !reading.measure) giveUp('it is not clear what is to be ranked')
  const name = nameMeasure(reading.measure ?? { kind: 'count' }, reading.base)
  return complete(catalog, structure, reading, { keys, rank: { ...cut, by: name } })
}

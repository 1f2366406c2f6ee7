import { addPeriods, type Day } from '../../base/periods.ts'
import type { Metric } from '../../catalog/catalog.ts'
import { parseMeasure } from '../../dsl/text/parse-measure.ts'
import { listPaths } from '../../dsl/tree/walk.ts'

/** Days in which a field that breaks is noticed; a movement that began before is not told anyway. */
export const faultDays = 90
/** What was over so many days ago is no news any more, as of movements. */
const overDays = 14
/** Days before them that say, with them, how often a field is usually empty. */
const usualDays = 30
/** Days that are looked at. */
export const fillingDays = faultDays + usualDays
/** Rows of a day from which on a share of it says something. */
const rowsMin = 20
/** A field is hardly ever empty up to this share of the rows, has lost its values from that one on, and has none from the last one on. */
const [usualMax, brokenMin, emptyMin] = [0.05, 0.25, 0.95]
/**
 * Days that a stretch at the end lasts at least: what is filled in later, as the time of an answer, is empty in the last days of any table, and fewer
 * and fewer of them.
 */
const lastingMin = 3

/** Rows of a day, and those of them in which a field has a value. */
export interface Filling {
  readonly day: Day
  readonly rows: number
  readonly filled: number
}

/** A field that lost its values, or got its first ones. */
export interface BrokenField {
  /** First and last day on which it is mostly empty. */
  readonly from: Day
  readonly to: Day
  /** Share of its rows in which it is empty then, and otherwise. */
  readonly share: number
  readonly usual: number
}

const shareOf = (days: readonly Filling[]): number => {
  const rows = days.reduce((sum, one) => sum + one.rows, 0)
  return rows === 0 ? 0 : 1 - days.reduce((sum, one) => sum + one.filled, 0) / rows
}

/**
 * Whether a field that is hardly ever empty lost its values for some days, all at once, or had none before some day: then what is cut or counted by it moves
 * for no reason of the business. Fields that are empty in some rows for reasons of their own are let be; so is, where it `mayMature`, one that has no value at all
 * in the last days: what is known only after a month. `days` in order.
 */
export function findBreak(days: readonly Filling[], asOf: Day, mayMature: boolean): BrokenField | undefined {
  const known = days.filter(({ rows }) => rows >= rowsMin)
  const isBroken = ({ rows, filled }: Filling) => rows - filled >= brokenMin * rows
  const first = addPeriods(asOf, 1 - faultDays, 'day')
  const broken = known.filter((one) => isBroken(one) && one.day >= first)
  const sound = known.filter((one) => !isBroken(one))
  const [start, end] = [broken[0], broken.at(-1)]
  if (!start || !end || sound.length === 0) return undefined
  const found = { from: start.day, to: end.day, share: shareOf(broken), usual: shareOf(sound) }
  const hasHardlyAny = sound.every(({ rows, filled }) => rows - filled <= usualMax * rows)
  if (!hasHardlyAny) return undefined
  const older = known.filter(({ day }) => day < start.day)
  const younger = known.filter(({ day }) => day > end.day)
  // it came up: nothing before, everything after
  if (older.every(isBroken))
    return shareOf([...older, ...broken]) >= emptyMin && younger.length >= lastingMin
      ? { ...found, from: known[0]!.day }
      : undefined
  if (end.day < addPeriods(asOf, -overDays, 'day')) return undefined
  const isEmpty = ({ rows, filled }: Filling) => rows - filled >= emptyMin * rows
  if (mayMature && younger.length === 0 && broken.slice(1).every(isEmpty)) return undefined
  const isRare = older.filter(isBroken).length === 0 && broken.length < known.length / 2
  return isRare && (younger.length > 0 || broken.length >= lastingMin) ? found : undefined
}

/** Fields of the metric's own model that its measure reads. */
export function listMeasuredFields({ measure }: Pick<Metric, 'measure'>): readonly string[] {
  const outcome = parseMeasure(measure)
  if (!outcome.ok) return []
  return listPaths(outcome.value, () => false).flatMap(({ parts }) => (parts.length === 1 ? [parts[0]!] : []))
}

const percent = (share: number): string => `${Math.round(share * 100)}%`

/** `country is empty in 90% of its rows from 2026-09-12 on, otherwise in 1%` */
export function describeBreak(field: string, { from, to, share, usual }: BrokenField, asOf: Day): string {
  const when = to >= asOf ? `from ${from} on` : from === to ? `on ${from}` : `from ${from} to ${to}`
  return `\`${field}\` is empty in ${percent(share)} of the rows ${when}, otherwise in ${percent(usual)}`
}

import { addPeriods, type Day, joinPeriods } from '../../base/periods.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import {
  type BrokenField,
  fillingDays,
  findBreak,
  listMeasuredFields,
} from '../../hypotheses/data/find-broken-fields.ts'
import { findRepeatedDays, type KeyCount, listSuspectDays } from '../../hypotheses/data/find-repeated-days.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { writeStretch } from '../../hypotheses/write/write-exploration.ts'
import { type QueryContext, runExploration } from '../ask/run-exploration.ts'
import type { ModelTime } from './look-at-models.ts'

/** What a look at the rows of the last months found wrong with them. */
export interface Faults {
  /** By field: those that lost their values, or have them since lately. */
  readonly broken: ReadonlyMap<string, BrokenField>
  /** By day: the share of its rows that are there twice. */
  readonly repeated: ReadonlyMap<Day, number>
}

export const noFaults: Faults = { broken: new Map(), repeated: new Map() }

/** Looks for values that went missing, one query a model and time field, and for rows that came twice: another, where days have suspiciously many. */
export async function lookForFaults(
  context: QueryContext,
  modelTime: ModelTime,
  rows: ReadonlyMap<Day, number>,
  asOf: Day,
): Promise<Faults> {
  return {
    broken: await findBrokenFields(context, modelTime, asOf),
    repeated: await findRepeats(context, modelTime, rows, asOf),
  }
}

async function findBrokenFields(
  context: QueryContext,
  { model, time, metrics }: ModelTime,
  asOf: Day,
): Promise<Faults['broken']> {
  const own = context.catalog.models[model]?.fields ?? {}
  const named = metrics.flatMap((metric) => [...metric.slices, ...listMeasuredFields(metric)])
  const fields = [...new Set(named)].filter((name) => own[name] !== undefined)
  if (fields.length === 0) return noFaults.broken
  // a mean or rate has no value where its field has none; a slice or sum without values would fall
  const sums = metrics.filter((metric) => shapeMeasure(metric).kind === 'amount')
  const needsAll = new Set([...metrics.flatMap(({ slices }) => slices), ...sums.flatMap(listMeasuredFields)])
  const counts = fields.map((name, at) => `filled_${at} = count(where ${quoteName(name)} is not empty)`)
  const text = [
    `as of ${addPeriods(asOf, 1, 'day')}`,
    `from ${quoteName(model)}`,
    `where ${quotePath(time.split('.'))} in last ${fillingDays} days`,
    `group by day(${quotePath(time.split('.'))}): rows = count(), ${counts.join(', ')}`,
  ].join('\n')
  const { rows: days } = await runExploration(context, text, {})
  const sorted = days
    .flatMap(([day, ...numbers]) =>
      typeof day === 'string' ? [{ day: day.slice(0, 10), numbers: numbers.map(Number) }] : [],
    )
    .sort((a, b) => (a.day < b.day ? -1 : 1))
  return new Map(
    fields.flatMap((name, at) => {
      const filling = sorted.map(({ day, numbers }) => ({ day, rows: numbers[0] ?? 0, filled: numbers[at + 1] ?? 0 }))
      const found = findBreak(filling, asOf, !needsAll.has(name))
      return found ? [[name, found] as const] : []
    }),
  )
}

async function findRepeats(
  context: QueryContext,
  { model, time }: ModelTime,
  rows: ReadonlyMap<Day, number>,
  asOf: Day,
): Promise<Faults['repeated']> {
  const key = context.catalog.models[model]?.key ?? []
  const suspects = key.length === 0 ? [] : listSuspectDays(rows, asOf)
  if (suspects.length === 0) return noFaults.repeated
  const asked = [...new Set([...suspects, ...suspects.map((day) => addPeriods(day, -7, 'day'))])].sort()
  const stretches = joinPeriods(asked, 'day').map((stretch) => writeStretch(time, stretch))
  const path = quotePath(time.split('.'))
  const text = [
    `as of ${addPeriods(asOf, 1, 'day')}`,
    `from ${quoteName(model)}`,
    `where ${stretches.join(' or ')}`,
    `group by the_day = day(${path}), ${key.map((name, at) => `key_${at} = ${quoteName(name)}`).join(', ')}: copies = count()`,
    'group by the_day: all_rows = sum(copies), keys = count()',
  ].join('\n')
  const { rows: counted } = await runExploration(context, text, {})
  const counts = new Map(
    counted.flatMap(([day, all, keys]): [Day, KeyCount][] =>
      typeof day === 'string' ? [[day.slice(0, 10), { rows: Number(all), keys: Number(keys) }]] : [],
    ),
  )
  return findRepeatedDays(suspects, counts)
}

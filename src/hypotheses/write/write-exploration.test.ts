import { expect, test } from 'vitest'
import { type Calendar, utcCalendar } from '../../base/periods.ts'
import type { Catalog, Field, Metric } from '../../catalog/catalog.ts'
import { compile } from '../../dsl/compile.ts'
import { shapeMeasure } from '../series/measure-shape.ts'
import { sliceMoved } from '../templates/slice-moved.ts'
import { writeScan, writeTest } from './write-exploration.ts'
import { writeHypotheses } from './write-hypothesis.ts'

const field = (name: string, type: Field['type']): Field => ({
  name,
  column: name,
  type,
  label: name,
  description: undefined,
  synonyms: [],
  unit: undefined,
  values: [],
  hidden: false,
  pii: false,
})
const model = (name: string, fields: readonly Field[], more: object = {}) => ({
  name,
  source: { table: `${name}s` },
  key: ['id'],
  label: name,
  description: undefined,
  synonyms: [],
  fields: Object.fromEntries(fields.map((one) => [one.name, one])),
  relations: {},
  semantics: undefined,
  metrics: {},
  policies: [],
  explorations: [],
  ...more,
})
const calendar: Calendar = utcCalendar
const catalog: Catalog = {
  calendar,
  events: [],
  models: {
    account: model('account', [field('id', 'number'), field('plan', 'text')]),
    ticket: model(
      'ticket',
      [
        field('id', 'number'),
        field('opened_at', 'timestamp'),
        field('channel', 'text'),
        field('minutes', 'number'),
        field('is_open', 'boolean'),
      ],
      {
        relations: {
          account: {
            name: 'account',
            label: 'account',
            to: 'account',
            cardinality: 'one',
            pairs: [{ own: 'account_id', other: 'id' }],
            valid: undefined,
            through: undefined,
          },
        },
      },
    ),
  },
}
const metric: Metric = {
  name: 'response',
  model: 'ticket',
  label: 'Response',
  description: undefined,
  measure: 'avg(minutes)',
  time: 'opened_at',
  good: 'down',
  slices: ['channel', 'account.plan'],
  unit: 'minutes',
  format: 'number',
}
const history = { grain: 'day', periods: 400, today: '2026-10-01' } as const
const shape = shapeMeasure(metric)
const context = { catalog, calendar, asOf: '2020-01-01', dialect: 'duckdb' } as const

test('a scan compiles, and its columns are period, fields, rows, measures and weights', () => {
  const text = writeScan(catalog, {
    model: 'ticket',
    time: 'opened_at',
    history,
    dimensions: ['channel', 'account.plan'],
    metrics: [{ metric, shape }],
  })
  const outcome = compile(text, context)
  expect(outcome.diagnostics).toEqual([])
  expect(outcome.ok && outcome.value.columns.map(({ name }) => name)).toEqual([
    'day',
    'channel',
    'plan',
    'rows',
    'response',
    'response_weight',
  ])
  expect(outcome.ok && outcome.value.text).toBe(text)
})

test('two fields of one name, or a field named like a metric, stay apart', () => {
  const named = { ...metric, name: 'channel' }
  const dimensions = ['channel', 'account.channel']
  const accounts = model('account', [field('id', 'number'), field('channel', 'text')])
  const clashing = { ...catalog, models: { ...catalog.models, account: accounts } }
  const text = writeScan(clashing, {
    model: 'ticket',
    time: 'opened_at',
    history,
    dimensions,
    metrics: [{ metric: named, shape }],
  })
  const outcome = compile(text, { ...context, catalog: clashing })
  expect(outcome.diagnostics).toEqual([])
  expect(outcome.ok && outcome.value.columns.map(({ name }) => name)).toEqual([
    'day',
    'by_channel',
    'by_account_channel',
    'rows',
    'channel',
    'channel_weight',
  ])
})

test('metrics named like the columns of a scan keep their names, and the scan takes others', () => {
  const named = (name: string): Metric => ({ ...metric, name })
  const metrics = ['rows', 'day', 'day_', 'response', 'response_weight'].map((name) => ({ metric: named(name), shape }))
  const text = writeScan(catalog, { model: 'ticket', time: 'opened_at', history, dimensions: [], metrics })
  const scan = compile(text, context)
  expect(scan.diagnostics).toEqual([])
  expect(scan.ok && scan.value.columns.map(({ name }) => name)).toEqual([
    'day__',
    'rows_',
    'rows',
    'rows_weight',
    'day',
    'day_weight',
    'day_',
    'day__weight',
    'response',
    'response_weight_',
    'response_weight',
    'response_weight_weight',
  ])
  const alone = writeTest(catalog, { metric: named('day'), shape, slice: [], history, detector: 'level_shift' })
  const outcome = compile(alone, context)
  expect(outcome.diagnostics).toEqual([])
  expect(outcome.ok && outcome.value.text).toBe(alone)
  expect(outcome.ok && outcome.value.test).toMatchObject({ measure: 'day', time: 'day_' })
})

test('a hypothesis is canonical text that compiles, weighs by rows, and is known whatever its day', () => {
  const slice = [
    { field: 'account.plan', value: 'the "big" one' },
    { field: 'is_open', value: true },
    { field: 'channel', value: null },
  ]
  const text = writeTest(catalog, { metric, shape, slice, history, detector: 'level_shift' })
  const outcome = compile(text, context)
  expect(outcome.diagnostics).toEqual([])
  expect(outcome.ok && outcome.value.text).toBe(text)
  expect(outcome.ok && outcome.value.test).toMatchObject({ detector: 'level_shift', measure: 'response', time: 'day' })
})

test('each hypothesis has the key of its text, the same on every day', () => {
  const slice = [{ field: 'channel', value: 'chat' }]
  const write = (today: string) =>
    writeHypotheses({ catalog, template: sliceMoved, metric, shape, slice, history: { ...history, today } })
  const hypotheses = write('2026-10-01')
  expect(hypotheses.map(({ detector }) => detector)).toEqual(sliceMoved.detectors)
  for (const { key, text } of hypotheses) {
    const outcome = compile(text, context)
    expect(outcome.ok && outcome.value.key).toBe(key)
  }
  expect(write('2026-10-02').map(({ key }) => key)).toEqual(hypotheses.map(({ key }) => key))
  expect(hypotheses[0]?.statement).toBe('response where channel is chat changed level')
})

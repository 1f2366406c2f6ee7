import { expect, test } from 'vitest'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Story } from '../candidate.ts'
import { mergeStories } from './merge-stories.ts'

const field = (name: string) => ({ [name]: { name, type: 'text' } })
const one = (to: string) => ({ to, cardinality: 'one' })
const catalog = {
  models: {
    account: { name: 'account', fields: { ...field('source'), ...field('plan') }, relations: {} },
    user: { name: 'user', fields: field('role'), relations: { account: one('account') } },
    invoice: { name: 'invoice', fields: field('method'), relations: { account: one('account') } },
    machine: { name: 'machine', fields: field('site'), relations: {} },
  },
} as unknown as Catalog

interface Told {
  readonly metric: string
  readonly slice: Slice
  readonly direction?: 'up' | 'down'
  readonly from?: string
  readonly to?: string | null
  readonly kind?: 'count' | 'amount' | 'ratio' | 'mean'
  readonly detector?: string
  readonly size: number
}

function tell({
  metric,
  slice,
  direction = 'down',
  from = '2026-09-14',
  to = null,
  kind = 'count',
  detector = 'level_shift',
  size,
}: Told): Story {
  const [model] = metric.split('.')
  const verdict = {
    hypothesis: { model, metric, slice, detector, text: `${metric} ${JSON.stringify(slice)}` },
    numbers: { direction, from, to },
    kind,
  }
  const day = (text: string) => Date.parse(text) / 86_400_000
  const window = { from: day(from), to: day(to ?? '2026-10-01') }
  return { lead: { verdict, window, movement: { size } }, merged: [] } as unknown as Story
}

const lookUps = { catalog, timeOf: () => 'created_at', isCalmWithout: async () => true }

const merge = async (...told: readonly Told[]) =>
  (await mergeStories(told.map(tell), lookUps)).map(({ lead, merged }) =>
    [lead, ...merged].map(({ verdict }) => verdict.hypothesis.metric),
  )

const source = (path: string): Slice => [{ field: path, value: 'ads' }]

test('metrics over the same rows are one story, told by the one that explains most', async () => {
  const slice = [{ field: 'method', value: 'card' }]
  expect(
    await merge({ metric: 'invoice.revenue', slice, size: 50 }, { metric: 'invoice.count', slice, size: 80 }),
  ).toEqual([['invoice.count', 'invoice.revenue']])
})

test('a movement of a pair says more than that one of its values left its siblings', async () => {
  const [method, plan] = [
    { field: 'method', value: 'card' },
    { field: 'plan', value: 'pro' },
  ]
  const parting = { metric: 'invoice.count', slice: [method], size: 80, detector: 'divergence' }
  const pair = { metric: 'invoice.revenue', slice: [method, plan], size: 20 }
  expect(await merge(parting, pair)).toEqual([['invoice.revenue', 'invoice.count']])
  expect(await merge(parting, { ...pair, direction: 'up' })).toEqual([['invoice.count', 'invoice.revenue']])
})

test('the same field seen from another model is the same slice', async () => {
  expect(
    await merge(
      { metric: 'account.signups', slice: source('source'), size: 80 },
      { metric: 'user.new', slice: source('account.source'), size: 30 },
    ),
  ).toEqual([['account.signups', 'user.new']])
})

test('a later movement of the same slice in a related model is its consequence', async () => {
  const invoices = { metric: 'invoice.count', slice: source('account.source'), size: 90, from: '2026-10-20' }
  expect(await merge({ metric: 'account.signups', slice: source('source'), size: 95 }, invoices)).toHaveLength(1)
  expect(
    await merge({ metric: 'account.signups', slice: source('source'), size: 95 }, { ...invoices, direction: 'up' }),
  ).toHaveLength(2)
})

test('other slices, other directions and unrelated models stay stories of their own', async () => {
  const signups = { metric: 'account.signups', slice: source('source'), size: 80 }
  expect(
    await merge(signups, { metric: 'user.new', slice: [{ field: 'role', value: 'admin' }], size: 30 }),
  ).toHaveLength(2)
  expect(
    await merge(signups, { metric: 'user.new', slice: source('account.source'), direction: 'up', size: 30 }),
  ).toHaveLength(2)
  expect(await merge(signups, { metric: 'machine.stops', slice: [], size: 30 })).toHaveLength(2)
})

test('a rate that moves for long in a slice whose count fell earlier is a story of its own; a sum of the same rows is not', async () => {
  const slice = source('source')
  const count = { metric: 'account.signups', slice, size: 80, from: '2026-08-01' }
  const later = { slice, size: 30, from: '2026-08-25' }
  expect(await merge(count, { ...later, metric: 'account.activation', kind: 'ratio' })).toEqual([
    ['account.signups'],
    ['account.activation'],
  ])
  expect(await merge(count, { ...later, metric: 'account.seats', kind: 'amount' })).toEqual([
    ['account.signups', 'account.seats'],
  ])
})

test('a sum that seems to fall weeks before the mean of its rows follows from it, in the same slice', async () => {
  const value = {
    metric: 'invoice.value',
    slice: source('method'),
    kind: 'mean',
    from: '2026-09-14',
    size: 80,
  } as const
  const revenue = { metric: 'invoice.revenue', slice: source('method'), kind: 'amount', size: 20 } as const
  const both = [['invoice.value', 'invoice.revenue']]
  expect(await merge(value, { ...revenue, from: '2026-08-26' })).toEqual(both)
  expect(await merge(value, { ...revenue, from: '2026-08-10' })).toHaveLength(2)
  expect(await merge(value, { ...revenue, from: '2026-08-26', direction: 'up' })).toHaveLength(2)
})

test('a bend and the step that it became are one story in two metrics of one slice, and two in two slices', async () => {
  const slow = { metric: 'invoice.mean', slice: source('account.source'), detector: 'trend_change', from: '2026-08-20' }
  const step = {
    metric: 'invoice.revenue',
    slice: source('account.source'),
    kind: 'amount',
    from: '2026-09-10',
  } as const
  expect(await merge({ ...step, size: 50 }, { ...slow, kind: 'ratio', size: 80 })).toEqual([
    ['invoice.mean', 'invoice.revenue'],
  ])
  expect(await merge({ ...step, slice: [], size: 50 }, { ...slow, kind: 'ratio', size: 80 })).toHaveLength(2)
  // nothing lasted long enough before this one for a bend to be about it
  expect(await merge({ ...step, from: '2026-09-20', size: 50 }, { ...slow, kind: 'ratio', size: 80 })).toHaveLength(2)
})

test('what rows went over to is told with them, in other metrics as well', async () => {
  const [web, app] = ['web', 'app'].map((value): Slice => [{ field: 'method', value }])
  const gained = tell({ metric: 'invoice.count', slice: app!, direction: 'up', size: 80 })
  const lost = tell({ metric: 'invoice.count', slice: web!, size: 60 }).lead
  const revenue = tell({ metric: 'invoice.revenue', slice: web!, kind: 'amount', size: 50 })
  const count = async (merged: Story['merged']) =>
    (await mergeStories([{ ...gained, merged }, revenue], lookUps)).length
  expect(await count([lost])).toBe(1)
  expect(await count([])).toBe(2)
})

test('a rate of all rows is part of what happened in a slice where it is calm without it, and a story of its own where it is not', async () => {
  const slice = [{ field: 'method', value: 'card' }]
  const told = [
    { metric: 'invoice.count', slice, direction: 'up', size: 80 },
    { metric: 'invoice.failed', slice: [], direction: 'up', kind: 'ratio', size: 50 },
  ] as const
  expect(await merge(...told)).toEqual([['invoice.count', 'invoice.failed']])
  const ask = { ...lookUps, isCalmWithout: async ({ verdict }: Story['lead']) => verdict.hypothesis.slice.length > 0 }
  expect(await mergeStories(told.map(tell), ask)).toHaveLength(2)
  // sums and counts of the same rows are one whatever is left
  expect(
    await mergeStories(
      told.map((one) => tell({ ...one, kind: 'count' })),
      ask,
    ),
  ).toHaveLength(1)
})

test('of one slice in two tables what moved much further tells it, of a mean and its sum the mean', async () => {
  const move = (told: Told, change: number): Story => {
    const { lead, merged } = tell(told)
    return { lead: { ...lead, movement: { ...lead.movement, change } }, merged }
  }
  const leadOf = async (...told: readonly Story[]) =>
    (await mergeStories(told, lookUps)).map(({ lead }) => lead.verdict.hypothesis.metric)
  const events = move({ metric: 'user.events', slice: source('account.source'), size: 500 }, -0.2)
  const signups = { metric: 'account.signups', slice: source('source'), size: 40 }
  expect(await leadOf(events, move(signups, -0.6))).toEqual(['account.signups'])
  expect(await leadOf(events, move(signups, -0.22))).toEqual(['user.events'])
  const slice = [{ field: 'method', value: 'card' }]
  const sum = move({ metric: 'invoice.revenue', slice, kind: 'amount', size: 80 }, 0.6)
  const mean = { metric: 'invoice.amount', slice, kind: 'mean', size: 50 } as const
  expect(await leadOf(sum, move(mean, 0.55))).toEqual(['invoice.amount'])
  expect(await leadOf(sum, move(mean, 0.2))).toEqual(['invoice.revenue'])
})

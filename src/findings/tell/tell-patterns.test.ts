import { expect, test } from 'vitest'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Story } from '../candidate.ts'
import type { Controlled } from '../errors/control-errors.ts'
import { tellPatterns } from './tell-patterns.ts'

const catalog = {
  models: {
    account: { name: 'account', fields: {}, relations: {} },
    user: { name: 'user', fields: {}, metrics: {}, relations: { account: { to: 'account', cardinality: 'one' } } },
    machine: { name: 'machine', fields: {}, relations: {} },
  },
} as unknown as Catalog

interface Pattern {
  readonly metric: string
  readonly detector: string
  readonly from?: string
  readonly to?: string | null
  readonly pValue?: number
  readonly change?: number
  readonly direction?: 'up' | 'down'
  readonly slice?: Slice
  readonly by?: readonly string[]
}

function pattern(asked: Pattern): Controlled {
  const {
    metric,
    detector,
    from = '2026-09-01',
    to = null,
    pValue = 1e-9,
    change = 1,
    direction = 'up',
    slice = [],
  } = asked
  const [model] = metric.split('.')
  const hypothesis = { model, metric, slice, by: asked.by, detector, grain: 'day', text: `${metric} ${detector}` }
  const numbers = { from, to, pValue, change, periods: 10, observed: 2, expected: 1, direction, details: {} }
  return { verdict: { hypothesis, numbers }, qValue: 0 } as unknown as Controlled
}

const withDetails = (asked: Pattern, details: object): Controlled => {
  const { verdict, qValue } = pattern(asked)
  return { verdict: { ...verdict, numbers: { ...verdict.numbers, details } }, qValue } as unknown as Controlled
}

const movement = (told: Pattern): Story => ({ lead: pattern(told), merged: [] }) as unknown as Story

const tell = (patterns: readonly Pattern[], movements: readonly Pattern[] = []) =>
  tellPatterns(patterns.map(pattern), { told: movements.map(movement), renames: [], catalog, asOf: '2026-09-30' }).map(
    ({ lead, merged }) => [lead, ...merged].map(({ verdict: { hypothesis } }) => hypothesis.text),
  )

const spread: Pattern = { metric: 'account.signups', detector: 'volatility' }

test('a pattern of a metric that moved at the time is part of the movement', () => {
  const moved = { metric: 'account.signups', detector: 'level_shift', from: '2026-09-10' }
  expect(tell([spread], [moved])).toEqual([['account.signups level_shift', 'account.signups volatility']])
})

test('so is that of a related model, but not that of an unrelated one or of another time', () => {
  const moved = { metric: 'user.users', detector: 'level_shift', from: '2026-09-10' }
  expect(tell([spread], [moved])).toHaveLength(1)
  expect(tell([spread], [{ ...moved, metric: 'machine.runs' }])).toHaveLength(2)
  expect(tell([spread], [{ ...moved, from: '2026-07-01', to: '2026-07-20' }])).toHaveLength(2)
})

test('of several movements it belongs to that of its metric, then of its table, its field, its time', () => {
  const parted: Pattern = { metric: 'account.spend', detector: 'season_change', by: ['plan'] }
  const homeOf = (movements: readonly Partial<Pattern>[]) =>
    tell(
      [parted],
      movements.map((one) => ({ metric: 'account.signups', detector: 'level_shift', from: '2026-09-10', ...one })),
    ).findIndex((texts) => texts.length > 1)
  const plan = [{ field: 'plan', value: 'team' }]
  expect(homeOf([{}, { metric: parted.metric, from: '2026-09-12' }])).toBe(1)
  expect(homeOf([{ metric: 'user.users', slice: plan }, {}])).toBe(1)
  expect(homeOf([{ from: '2026-09-01' }, { slice: plan }])).toBe(1)
  expect(homeOf([{}, { from: '2026-09-03' }, { from: '2026-09-05' }])).toBe(1)
  expect(homeOf([{}, {}])).toBe(0)
})

test('several patterns of one metric at one time are one finding, told by the surest', () => {
  const season = { metric: 'account.signups', detector: 'season_change', pValue: 1e-12 }
  expect(tell([spread, season])).toEqual([['account.signups season_change', 'account.signups volatility']])
})

test('patterns of whole metrics of a table that began together are one; of a slice, or of another time, they are not', () => {
  const shape: Pattern = { metric: 'account.visits', detector: 'season_change', pValue: 1e-12, from: '2026-09-05' }
  expect(tell([spread, shape])).toEqual([['account.visits season_change', 'account.signups volatility']])
  expect(tell([spread, { ...shape, from: '2026-09-20' }])).toHaveLength(2)
  const slice = [{ field: 'plan', value: 'pro' }]
  expect(tell([{ ...spread, slice }, shape])).toHaveLength(2)
})

test('what is small, old or over is not told', () => {
  expect(tell([{ ...spread, change: 0.3 }])).toEqual([])
  expect(tell([{ ...spread, from: '2026-03-01' }])).toEqual([])
  expect(tell([{ ...spread, to: '2026-09-05' }])).toEqual([])
  expect(tell([{ ...spread, to: '2026-09-25' }])).toHaveLength(1)
})

const accounts: Pattern = { metric: 'user.events', detector: 'account_change', from: '2026-09-14' }

test('what single accounts did is part of a movement of their own table the same way, of none beside it', () => {
  const moved = { metric: 'user.users', detector: 'level_shift', from: '2026-09-10' }
  expect(tell([accounts], [moved])).toEqual([['user.users level_shift', 'user.events account_change']])
  expect(tell([accounts], [{ ...moved, metric: 'account.signups' }])).toHaveLength(2)
  const other = movement(moved) as { lead: { verdict: { numbers: { direction: string } } } }
  other.lead.verdict.numbers.direction = 'down'
  expect(
    tellPatterns([pattern(accounts)], { told: [other as unknown as Story], renames: [], catalog, asOf: '2026-09-30' }),
  ).toHaveLength(2)
})

test('accounts are told once, whatever they did less of, and beside other patterns', () => {
  const logins = { ...accounts, metric: 'user.logins', pValue: 1e-5 }
  expect(tell([accounts, logins])).toEqual([['user.events account_change', 'user.logins account_change']])
  expect(tell([accounts, { ...spread, metric: 'user.events' }])).toHaveLength(2)
  expect(tell([{ ...accounts, change: -0.2 }])).toEqual([])
})

test('those who began lately go the way of a movement of what they do, or their own', () => {
  const retention: Pattern = { metric: 'user.retention', detector: 'retention_shift' }
  const moved = { metric: 'account.signups', detector: 'level_shift', from: '2026-09-10' }
  expect(tell([retention], [moved])).toHaveLength(1)
  expect(tell([retention], [{ ...moved, direction: 'down' }])).toHaveLength(2)
  expect(tell([retention, { ...retention, metric: 'account.retention' }])).toHaveLength(1)
  expect(tell([retention, { ...retention, direction: 'down' }])).toHaveLength(2)
  expect(tell([retention, { ...spread, metric: 'user.retention' }])).toHaveLength(2)
  // and those who no longer come back are none of a little less that is done, nor of what happened to others
  expect(
    tell([{ ...retention, change: -0.9, direction: 'down' }], [{ ...moved, change: -0.3, direction: 'down' }]),
  ).toHaveLength(2)
  const ads = [{ field: 'source', value: 'ads' }]
  const web = [{ field: 'source', value: 'web' }]
  expect(tell([{ ...retention, slice: ads }], [{ ...moved, slice: web }])).toHaveLength(2)
})

test('waiting times are told beside how many wait, but not beside another waiting time of their table', () => {
  const waits: Pattern = { metric: 'user.time_to_reply', detector: 'duration_shift' }
  const moved = { metric: 'user.users', detector: 'level_shift', from: '2026-09-10' }
  expect(tell([waits], [moved])).toHaveLength(2)
  expect(tell([waits], [{ ...moved, metric: waits.metric }])).toHaveLength(1)
  expect(tell([waits], [{ ...moved, metric: waits.metric, direction: 'down' }])).toHaveLength(2)
  const late: Story = {
    ...movement({ ...moved, metric: 'user.late' }),
    merged: [movement({ ...waits, detector: 'level_shift' }).lead],
  }
  expect(tellPatterns([pattern(waits)], { told: [late], renames: [], catalog, asOf: '2026-09-30' })).toHaveLength(1)
})

test('a goal that will be missed is told beside the movement of its metric, and beside another goal', () => {
  const goal = { metric: 'account.signups', detector: 'pace', from: '2026-01-01', to: '2027-01-01', change: -0.2 }
  const details = { chance_of_reaching: 0.01, goal: 100, period: 'year' }
  const told = (one: object) =>
    tellPatterns(
      [goal, { ...goal, from: '2026-07-01', to: '2026-10-01' }].map((pace) => withDetails(pace, one)),
      {
        told: [movement({ ...spread, detector: 'level_shift', direction: 'down' })],
        renames: [],
        catalog,
        asOf: '2026-09-30',
      },
    ).length
  expect(told(details)).toBe(3)
  // one that will be met is no news, unless it was to be missed four weeks ago
  expect(told({ ...details, chance_of_reaching: 0.99 })).toBe(1)
  expect(told({ ...details, chance_of_reaching: 0.99, chance_four_weeks_before: 0.02 })).toBe(3)
  expect(told({ ...details, chance_of_reaching: 0.99, chance_four_weeks_before: 0.4 })).toBe(1)
})

test('a step of a funnel belongs to a rate of its model that fell with it, not to fewer who began', () => {
  const step: Pattern = { metric: 'user.activation_2', detector: 'funnel_shift', direction: 'down', change: -0.4 }
  const moved = (kind: string) => {
    const story = movement({ metric: 'user.joined', detector: 'level_shift', direction: 'down' })
    return { ...story, lead: { ...story.lead, verdict: { ...story.lead.verdict, kind } } } as Story
  }
  const told = (kind: string) =>
    tellPatterns([pattern(step)], { told: [moved(kind)], renames: [], catalog, asOf: '2026-09-30' }).length
  expect([told('ratio'), told('count')]).toEqual([1, 2])
})

test('who had days to go on is as recent as the end of those days', () => {
  const step: Pattern = { metric: 'user.activation_2', detector: 'funnel_shift', from: '2026-06-25', change: -0.4 }
  const told = (window_days: number) =>
    tellPatterns([withDetails(step, { window_days })], { told: [], renames: [], catalog, asOf: '2026-09-30' }).length
  expect([told(14), told(1)]).toEqual([1, 0])
})

test('a value that left its siblings is told with what that does to other metrics of its table', () => {
  const parting: Pattern = {
    metric: 'account.signups',
    detector: 'divergence',
    slice: [{ field: 'source', value: 'ads' }],
    by: ['source'],
    pValue: 1e-12,
  }
  const patterns = [parting, { metric: 'account.revenue', detector: 'volatility' }].map((one) =>
    withDetails(one, { share_of_rows: 0.2, share_of_whole: 0.2 }),
  )
  const told = tellPatterns(patterns, { told: [], renames: [], catalog, asOf: '2026-09-30' })
  expect(told).toHaveLength(1)
  expect(told[0]!.lead.verdict.hypothesis.detector).toBe('divergence')
})

test('values of another shape are part of what moved in their model, and told only where the shape is other both ways', () => {
  const shape: Pattern = { metric: 'user.amount_values', detector: 'drift', direction: 'up', change: 0.5 }
  const other = (details: Record<string, number | string>) => withDetails(shape, { effect: 0.2, ...details })
  const told = (details: Record<string, number | string>, moved: readonly Story[] = []) =>
    tellPatterns([other(details)], { told: moved, renames: [], catalog, asOf: '2026-09-30' }).length
  expect([told({ shape: 'spread out' }), told({ shape: 'moved up' }), told({ shape: 'drew together' })]).toEqual([
    1, 0, 0,
  ])
  expect(told({ shape: 'spread out', effect: 0.05 })).toBe(0)
  const story = (metric: string) => movement({ metric, detector: 'level_shift', direction: 'down' })
  expect(told({ shape: 'spread out' }, [story('user.joined')])).toBe(1)
  expect(told({ shape: 'spread out' }, [story('account.signups')])).toBe(2)
})

test('waits that never end because more of them fail are part of the rate that says so', () => {
  const slice = [{ field: 'plan', value: 'pro' }]
  const waits: Pattern = { metric: 'user.time_to_pay', detector: 'duration_shift', slice }
  const failing = (from: string, own: Slice): Story => {
    const story = movement({ metric: 'user.failing', detector: 'level_shift', from, slice: own })
    return { ...story, lead: { ...story.lead, verdict: { ...story.lead.verdict, kind: 'ratio' } } }
  }
  const count = (story: Story) =>
    tellPatterns([pattern(waits)], { told: [story], renames: [], catalog, asOf: '2026-09-30' }).length
  expect(count(failing('2026-09-03', slice))).toBe(1)
  expect(count(failing('2026-09-03', []))).toBe(2)
  expect(count(failing('2026-08-01', slice))).toBe(2)
})

test('a wider scatter that is a small part of what it scatters around is no news', () => {
  const told = (level: number) =>
    tellPatterns([withDetails(spread, { level })], { told: [], renames: [], catalog, asOf: '2026-09-30' }).length
  expect([told(40), told(60)]).toEqual([1, 0])
})

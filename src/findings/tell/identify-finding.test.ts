import { expect, test } from 'vitest'
import type { Finding } from '../finding.ts'
import { type Identity, identifyFinding, settleIdentity } from './identify-finding.ts'

const identity: Identity = {
  kind: 'level_shift',
  model: 'account',
  metric: 'signups',
  slice: [{ field: 'source', value: 'ads' }],
  direction: 'down',
  from: '2026-09-14',
}
const stored = (change: Partial<Identity>) => ({ ...identity, ...change, key: 'known' }) as Finding

test('keys are safe in addresses and do not depend on the order of conditions', () => {
  const plan = { field: 'plan', value: 'pro' }
  const key = identifyFinding({ ...identity, slice: [...identity.slice, plan] })
  expect(key).toMatch(/^[\w-]{20}$/)
  expect(identifyFinding({ ...identity, slice: [plan, ...identity.slice] })).toBe(key)
})

test('a story that the cycle before told keeps its key, though its onset moved or another detector tells it', () => {
  const before = [stored({ from: '2026-09-12', kind: 'outlier' })]
  expect(settleIdentity(identity, before)).toEqual({ key: 'known', state: 'ongoing' })
})

test('a value without any rows is the same story as its fall, a whole without any is not', () => {
  expect(settleIdentity({ ...identity, kind: 'drought' }, [stored({})]).state).toBe('ongoing')
  expect(settleIdentity({ ...identity, kind: 'drought', slice: [] }, [stored({ slice: [] })]).state).toBe('new')
})

test('that a value left its siblings is told as its level on another day', () => {
  const parting = { ...identity, kind: 'divergence', by: ['source'] }
  expect(settleIdentity(parting, [stored({})]).state).toBe('ongoing')
  expect(settleIdentity(identity, [stored(parting)]).state).toBe('ongoing')
  expect(settleIdentity({ ...parting, kind: 'concentration', slice: [] }, [stored({ slice: [] })]).state).toBe('new')
})

test('another slice, direction or time is a new story', () => {
  const before = [stored({ direction: 'up' }), stored({ slice: [] }), stored({ from: '2026-07-01' })]
  expect(settleIdentity(identity, before)).toEqual({ key: identifyFinding(identity), state: 'new' })
})

test('what goes with coming back is told once of the same members, whatever they do tells it', () => {
  const of = (value: string) => [{ field: 'events.name', value }]
  const goesWith: Identity = {
    ...identity,
    kind: 'association',
    metric: 'user_return',
    slice: of('export'),
    from: null,
  }
  const before = [stored({ ...goesWith, slice: of('login'), direction: 'up' })]
  expect(settleIdentity(goesWith, before)).toEqual({ key: 'known', state: 'ongoing' })
  expect(settleIdentity({ ...goesWith, model: 'user' }, before).state).toBe('new')
  expect(settleIdentity({ ...goesWith, kind: 'retention_shift' }, before).state).toBe('new')
})

test('the goal of the next week, of another length of time, or of another value is another story', () => {
  const goal = { value: 400, period: 'week' } as const
  const ofWeek: Identity = { ...identity, kind: 'pace', slice: [], from: '2026-09-14', goal }
  const key = identifyFinding(ofWeek)
  const of = (change: Partial<Identity>) => settleIdentity({ ...ofWeek, ...change }, [{ ...ofWeek, key } as Finding])
  expect(of({})).toEqual({ key, state: 'ongoing' })
  for (const other of [
    { from: '2026-09-21' },
    { goal: { ...goal, period: 'month' } },
    { goal: { ...goal, value: 500 } },
  ] as const) {
    const settled = of(other)
    expect([settled.state, settled.key === key]).toEqual(['new', false])
  }
})

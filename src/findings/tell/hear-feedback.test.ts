import { expect, test } from 'vitest'
import { type Heard, hearFeedback, type Subject } from './hear-feedback.ts'

const paid = [{ field: 'source', value: 'paid_search' }]
const subject: Subject = {
  kind: 'level_shift',
  model: 'account',
  metric: 'signups',
  slice: paid,
  direction: 'down',
  from: '2026-09-14',
  change: -0.4,
}
const say = (label: string, about: Partial<Subject> = {}, more: Partial<Heard> = {}): Heard => ({
  label,
  by: 'ann@acme.test',
  about: { ...subject, ...about },
  ...more,
})
const hear = (...feedback: readonly Heard[]) => hearFeedback(subject, feedback, '2026-09-30')

test('while nobody said anything it fits neither well nor badly', () => {
  expect(hear()).toEqual({ fit: 0.5, state: undefined, muted: undefined, heard: [] })
})

test('words for and against move the fit, the more the nearer they are', () => {
  const [story, metric, kind] = [
    hear(say('useful')),
    hear(say('useful', { slice: [] })),
    hear(say('useful', { metric: 'revenue' })),
  ].map(({ fit }) => fit)
  expect(story).toBeGreaterThan(metric!)
  expect(metric).toBeGreaterThan(kind!)
  expect(kind).toBeGreaterThan(0.5)
  expect(hear(say('watch')).fit).toBeGreaterThan(story!)
  expect(hear(say('not_useful')).fit).toBeLessThan(0.5)
  expect(hear(say('opened')).fit).toBeGreaterThan(0.5)
  expect(hear(say('useful', { metric: 'revenue', kind: 'outlier' })).fit).toBe(0.5)
})

test('what was said is told in words', () => {
  expect(hear(say('useful'), say('not_useful', { slice: [] }), say('not_useful', { slice: [] })).heard).toEqual([
    'one reader called this useful',
    '2 readers called others about this metric not useful',
  ])
})

test('a mute says when it ends', () => {
  const condition = { above: 100, format: 'number', unit: 'accounts', since: '2026-09-20' } as const
  expect(hear(say('mute', {}, { condition })).muted).toBe('muted by ann@acme.test until it rises above 100 accounts')
  expect(hear(say('mute', {}, { condition, until: '2026-12-03' })).muted).toBe(
    'muted by ann@acme.test until 3 Dec 2026 or until it rises above 100 accounts',
  )
  expect(hear(say('mute', {}, { condition, until: '2026-09-29' })).muted).toBeUndefined()
})

test('a story that is expected, or the new normal, is so until it changes', () => {
  expect(hear(say('expected')).state).toBe('expected')
  expect(hear(say('new_normal', { from: '2026-09-10' })).state).toBe('new_normal')
  expect(hear(say('expected', { change: -0.15 })).state).toBeUndefined()
  expect(hear(say('expected', { from: '2026-06-01' })).state).toBeUndefined()
})

test.each([
  ['story', {}, true],
  ['story', { from: '2026-01-01' }, false],
  ['slice', { from: '2026-01-01', direction: 'up' }, true],
  ['slice', { slice: [] }, false],
  ['metric', { slice: [] }, true],
  ['metric', { metric: 'revenue' }, false],
  ['kind', { metric: 'revenue' }, true],
  ['kind', { kind: 'outlier' }, false],
] as const)('a mute of a %s covers what it says: %j', (scope, about, isMuted) => {
  expect(hear(say('mute', about, { scope })).muted !== undefined).toBe(isMuted)
})

test('a mute ends on its day', () => {
  expect(hear(say('mute', {}, { scope: 'metric', until: '2026-09-30' })).muted).toBe(
    'muted by ann@acme.test until 30 Sep 2026',
  )
  expect(hear(say('mute', {}, { scope: 'metric', until: '2026-09-29' })).muted).toBeUndefined()
})

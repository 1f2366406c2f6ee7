import { expect, test } from 'vitest'
import { expectAccepted } from '../base/diagnostic.ts'
import { parseCatalog } from './parse-catalog.ts'

const write = (funnel: string, { user = '', event = 'kind: event, name: name, time: at' } = {}) => [
  {
    name: 'a.yaml',
    text: `models:
  user:
    table: users
    key: id
    fields: { id: { type: number }, plan: { type: text }, joined_at: { type: timestamp } }
    relations: { events: { to: event, many: user_id }, first: { to: event, one: id } }
    semantics: { kind: user${user} }
    funnels: { activation: ${funnel} }
  event:
    table: events
    key: id
    fields: { id: { type: number }, name: { type: text, values: [login, report] }, at: { type: timestamp } }
    semantics: { ${event} }
`,
  },
]
const messages = (...asked: Parameters<typeof write>) =>
  parseCatalog(write(...asked)).diagnostics.map(({ message }) => message)
const began = { user: ', created: joined_at' }

test('a funnel begins at the time of its model, or at one of its own', () => {
  const { models } = expectAccepted(
    parseCatalog(write('{ events: events, stages: [login, { name: Paid, where: id > 3 }], within: 2 weeks }', began)),
  )
  expect(models.user?.funnels?.activation).toEqual({
    name: 'activation',
    model: 'user',
    label: 'Activation',
    time: 'joined_at',
    path: ['events'],
    stages: [{ event: 'login' }, { name: 'Paid', where: 'id > 3' }],
    withinDays: 14,
  })
  expect(messages('{ time: joined_at, events: events, stages: [login], within: 1 day }')).toEqual([])
})

test.each([
  ['{ events: events, stages: [login], within: 9 days }', {}, 'funnel `activation` does not say when one begins'],
  [
    '{ time: plan, events: events, stages: [login], within: 9 days }',
    {},
    'the time of funnel `activation` is `plan`, a field of type text, not a date or timestamp',
  ],
  [
    '{ events: evens, stages: [login], within: 9 days }',
    began,
    'the events of funnel `activation` are `evens`, but `user` has no relation `evens`',
  ],
  ['{ events: events, stages: [logn], within: 9 days }', began, 'no event of `event` is called `logn`'],
  [
    '{ events: events, stages: [login], within: 9 days }',
    { ...began, event: 'kind: event, name: name' },
    'the events of funnel `activation` are rows of `event`, of which nothing says when they happened',
  ],
  [
    '{ events: events, stages: [login], within: 9 days }',
    { ...began, event: 'kind: event, time: at' },
    'the catalog does not say which field of `event` holds the name of an event',
  ],
  [
    '{ events: events, stages: [login], within: soon }',
    began,
    '`models.user.funnels.activation.within` is no length of time',
  ],
])('%s is a mistake', (funnel, more, message) => expect(messages(funnel, more)).toEqual([message]))

test('a name that is nearly one is guessed, in its place', () => {
  const [found] = parseCatalog(write('{ events: events, stages: [login, reprt], within: 9 days }', began)).diagnostics
  expect(found).toMatchObject({ candidates: ['report'] })
  expect(found!.source!.text.slice(found!.span!.start, found!.span!.end)).toBe('reprt')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { findDifference } from '../conformance/compare-rows.ts'
import { fixtureCatalog } from '../conformance/fixture-catalog.ts'
import { interpret } from './interpret.ts'
import { countLife, countStages, cutSessions, type Deed, dayOf, followCohorts, type Person } from './product.ts'

const asOf = '2024-03-10'
const catalog = fixtureCatalog()

/** Few people, few moments: so that events tie, come back and stay away. */
const people: fc.Arbitrary<readonly Person[]> = fc
  .array(fc.option(fc.integer({ min: 0, max: 75 }), { freq: 6 }), { maxLength: 5 })
  .map((days) =>
    days.map((day, at) => ({ id: at + 1, joined: day === null ? null : dayOf(Date.UTC(2023, 11, 20 + day)) })),
  )
const moments = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map((minutes) => Date.UTC(2024, 0, 30) + minutes * 600_000),
  fc.integer({ min: 0, max: 90 }).map((days) => Date.UTC(2023, 11, 20 + days)),
)
const deeds: fc.Arbitrary<readonly Deed[]> = fc
  .array(
    fc.record({
      person: fc.constantFrom(1, 1, 2, 3, 4, 5, 9, null),
      name: fc.constantFrom('a', 'b', 'b', 'c', 'x', null),
      at: fc.option(moments, { freq: 12 }),
    }),
    { maxLength: 14 },
  )
  .map((given) => given.map((deed, at) => ({ ...deed, id: at + 1 })))

const ask = (text: string, persons: readonly Person[], done: readonly Deed[]) => {
  const { plan } = expectAccepted(planExploration(text, { catalog, calendar: catalog.calendar, asOf }))
  const users = persons.map(({ id, joined }) => ({
    id,
    account_id: null,
    role: null,
    joined_at: joined === null ? null : Date.parse(joined),
    logins: null,
  }))
  const events = done.map(({ id, person, name, at }) => ({
    id,
    user_id: person,
    name,
    at,
    day: at === null ? null : dayOf(at),
  }))
  return interpret(plan, { accounts: [], users, events })
}

const runs = { numRuns: 400, seed: 3 }

test.each([
  { cohort: 'month', unit: 'month', count: 3 },
  { cohort: 'week', unit: 'week', count: 5 },
  { cohort: 'month', unit: 'week', count: 6 },
  { cohort: 'week', unit: 'month', count: 2 },
  { cohort: 'month', unit: 'day', count: 20 },
  { cohort: 'day', unit: 'quarter', count: 1 },
] as const)('retention by $cohort for $count $unit is what a person would count', ({ cohort, unit, count }) => {
  fc.assert(
    fc.property(people, deeds, (persons, done) => {
      const text = `from user\nretention by ${cohort}(joined_at) on events for ${count} ${unit}s`
      const expected = followCohorts(persons, done, { cohort, unit, count, asOf })
      const rows = expected.map(([begin, period, size, came]) => [begin, period, size, came, came / size])
      expect(findDifference(rows, ask(text, persons, done))).toBeUndefined()
    }),
    runs,
  )
})

const named = (name: string) => (deed: Deed) => deed.name === name
const early = (deed: Deed) => deed.id < 8

test.each([
  ['', '"a" then "b" then "c"', [named('a'), named('b'), named('c')]],
  ['', '"b" then again = (name = "b") then more = (name = "b")', [named('b'), named('b'), named('b')]],
  ['', 'early = (id < 8) then "b"', [early, named('b')]],
  ['strict', '"a" then "b" then "c"', [named('a'), named('b'), named('c')]],
  ['strict', '"b" then early = (id < 8) then again = (name = "b")', [named('b'), early, named('b')]],
  ['any', '"c" then "b" then "a"', [named('c'), named('b'), named('a')]],
  ['any', '"b" then early = (id < 8)', [named('b'), early]],
] as const)('a funnel %s of %s finds the runs that trying all of them finds', (mode, stages, conditions) => {
  const windows = fc.constantFrom(undefined, 20, 90, 2 * 1440, 30 * 1440)
  fc.assert(
    fc.property(people, deeds, windows, (persons, done, minutes) => {
      const within = minutes === undefined ? '' : ` within ${minutes} minutes`
      const text = `from user\nfunnel events ${mode}${within}: ${stages}`
      const expected = countStages(persons, done, {
        mode: mode === '' ? 'ordered' : mode,
        stages: conditions,
        withinMs: (minutes ?? Number.POSITIVE_INFINITY) * 60_000,
      })
      const found = ask(text, persons, done).map((row) =>
        mode === 'any' ? [row[2] ?? null] : [row[2] ?? null, row[5] ?? null],
      )
      expect(
        findDifference(
          expected.map(([count, days]) => (mode === 'any' ? [count] : [count, days])),
          found,
        ),
      ).toBeUndefined()
    }),
    runs,
  )
})

test.each(['day', 'week', 'month'] as const)('a lifecycle by %s is what a person would count', (unit) => {
  fc.assert(
    fc.property(people, deeds, (persons, done) => {
      const past = done.filter(({ at }) => at !== null && at < Date.parse(asOf))
      const found = ask(`from user\nlifecycle by ${unit} on events`, persons, done)
      expect(findDifference(countLife(persons, past, unit, asOf), found)).toBeUndefined()
    }),
    runs,
  )
})

test('sessions are cut where a person would cut them', () => {
  fc.assert(
    fc.property(deeds, fc.constantFrom(10, 30, 2000), (done, minutes) => {
      const found = ask(`from event\nsessions per user_id = user.id gap ${minutes} minutes`, knownPeople, done)
      const own = done.map((deed) => ({
        ...deed,
        person: deed.person !== null && deed.person <= 5 ? deed.person : null,
      }))
      const order = (a: number | null, b: number | null) => (a ?? Number.MAX_VALUE) - (b ?? Number.MAX_VALUE)
      const expected = cutSessions(own, minutes * 60_000)
        .toSorted((a, b) => order(a[0], b[0]) || a[1] - b[1])
        .map(([person, session, from, to, count]) => [
          person,
          session,
          new Date(from).toISOString().replace('.000', ''),
          new Date(to).toISOString().replace('.000', ''),
          count,
          (to - from) / 60_000,
        ])
      expect(findDifference(expected, found)).toBeUndefined()
    }),
    runs,
  )
})

const knownPeople: readonly Person[] = [1, 2, 3, 4, 5].map((id) => ({ id, joined: null }))

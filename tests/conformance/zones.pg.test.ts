import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { parseCatalog } from '../../src/catalog/parse-catalog.ts'
import { emit } from '../../src/dsl/emit/emit.ts'
import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { interpret } from '../oracle/interpret.ts'
import { findDifference } from './compare-rows.ts'
import { type FixtureTable, readTables, writeTables } from './fixture.ts'
import { runEmitted } from './run-emitted.ts'
import { useEngines } from './use-engines.ts'

interface Scene {
  readonly zone: string
  readonly asOf: string
  readonly range: string
  /** The first instant within, and the first one behind it; by hand. */
  readonly from: string
  readonly to: string
  readonly weekStarts?: number
}

const scene = (zone: string, asOf: string, range: string, from: string, to: string, weekStarts = 1): Scene => ({
  zone,
  asOf,
  range,
  from: `${from}:00Z`,
  to: `${to}:00Z`,
  weekStarts,
})

const lordHowe = 'Australia/Lord_Howe'
const kolkata = 'Asia/Kolkata'
const newYork = 'America/New_York'

/**
 * Lord Howe is 10:30 ahead of UTC and 11:00 in summer, which ends on 6 April 2025 and begins on 5 October; Kolkata is 5:30 ahead; New York is 5:00
 * behind, 4:00 from 9 March to 2 November 2025; in Santiago the clocks of 7 September 2025 go from 24:00 of the day before to 1:00.
 */
const scenes: readonly Scene[] = [
  scene(lordHowe, '2025-06-01', '2025-04-06', '2025-04-05T13:00', '2025-04-06T13:30'),
  scene(lordHowe, '2025-12-01', '2025-10-05', '2025-10-04T13:30', '2025-10-05T13:00'),
  scene(lordHowe, '2025-04-07', 'last 1 day', '2025-04-05T13:00', '2025-04-06T13:30'),
  scene(lordHowe, '2025-04-07', 'last 24 hours', '2025-04-05T13:30', '2025-04-06T13:30'),
  scene(lordHowe, '2025-06-01', '2025-04', '2025-03-31T13:00', '2025-04-30T13:30'),
  scene(lordHowe, '2025-12-01', '2025-Q4', '2025-09-30T13:30', '2025-12-31T13:00'),
  scene(kolkata, '2025-06-01', '2025-03-14', '2025-03-13T18:30', '2025-03-14T18:30'),
  scene(kolkata, '2025-03-19', 'last 1 week', '2025-03-09T18:30', '2025-03-16T18:30'),
  scene(kolkata, '2025-03-14', 'last 6 hours', '2025-03-13T12:30', '2025-03-13T18:30'),
  scene(kolkata, '2025-06-01', '2025-Q1', '2024-12-31T18:30', '2025-03-31T18:30'),
  scene(kolkata, '2025-03-14', 'month to date', '2025-02-28T18:30', '2025-03-13T18:30'),
  scene(newYork, '2025-06-01', '2025-03-09', '2025-03-09T05:00', '2025-03-10T04:00'),
  scene(newYork, '2025-12-01', '2025-11-02', '2025-11-02T04:00', '2025-11-03T05:00'),
  scene(newYork, '2025-04-15', 'last 1 month', '2025-03-01T05:00', '2025-04-01T04:00'),
  scene(newYork, '2025-03-10', 'last 24 hours', '2025-03-09T04:00', '2025-03-10T04:00'),
  scene(newYork, '2025-07-04', 'year to date', '2025-01-01T05:00', '2025-07-04T04:00'),
  scene(newYork, '2025-03-10', 'last 1 day 1 year ago', '2024-03-09T05:00', '2024-03-10T05:00'),
  scene(newYork, '2025-11-05', 'last 1 week', '2025-10-26T04:00', '2025-11-02T04:00', 7),
  scene(newYork, '2025-11-05', 'this week', '2025-11-02T04:00', '2025-11-09T05:00', 7),
  scene(newYork, '2024-03-01', 'last 1 day', '2024-02-29T05:00', '2024-03-01T05:00'),
  scene('Europe/London', '2025-12-01', '2025-10-26', '2025-10-25T23:00', '2025-10-27T00:00'),
  scene('America/Santiago', '2025-12-01', '2025-09-07', '2025-09-07T04:00', '2025-09-08T03:00'),
]

/** Instants, the days and the hours that hold them; by hand. An hour begins as many minutes before as the clock shows. */
const buckets: readonly (readonly [zone: string, instant: string, day: string, hour: string])[] = [
  [lordHowe, '2025-04-05T14:45:00Z', '2025-04-06', '2025-04-05T14:00:00Z'],
  [lordHowe, '2025-04-05T15:10:00Z', '2025-04-06', '2025-04-05T14:30:00Z'],
  [lordHowe, '2025-04-06T13:29:59Z', '2025-04-06', '2025-04-06T12:30:00Z'],
  [lordHowe, '2025-10-04T15:29:59Z', '2025-10-05', '2025-10-04T14:30:00Z'],
  [lordHowe, '2025-10-05T12:59:59Z', '2025-10-05', '2025-10-05T12:00:00Z'],
  [kolkata, '2025-03-14T03:45:00Z', '2025-03-14', '2025-03-14T03:30:00Z'],
  [kolkata, '2025-03-14T18:29:59Z', '2025-03-14', '2025-03-14T17:30:00Z'],
  [newYork, '2025-03-09T07:30:00Z', '2025-03-09', '2025-03-09T07:00:00Z'],
  [newYork, '2025-11-02T05:30:00Z', '2025-11-02', '2025-11-02T05:00:00Z'],
  [newYork, '2025-11-02T06:30:00Z', '2025-11-02', '2025-11-02T06:00:00Z'],
  [newYork, '2025-11-03T04:59:59Z', '2025-11-02', '2025-11-03T04:00:00Z'],
]

const secondMs = 1000
const at = (instant: string, less = 0) => Date.parse(instant) - less

/** Of each scene a moment before it, its first, its last, and one behind it; then the instants of the buckets. */
const moments: FixtureTable = {
  name: 'moments',
  columns: [
    { name: 'id', type: 'number', sqlType: 'INTEGER' },
    { name: 'scene', type: 'number', sqlType: 'INTEGER' },
    { name: 'at', type: 'timestamp', sqlType: 'TIMESTAMP' },
  ],
  rows: [
    ...scenes.flatMap(({ from, to }, place) =>
      [at(from, secondMs), at(from), at(to, secondMs), at(to)].map((moment, nth) => ({
        id: place * 4 + nth,
        scene: place,
        at: moment,
      })),
    ),
    ...buckets.map(([, instant], place) => ({ id: 1000 + place, scene: 1000 + place, at: at(instant) })),
  ],
}

const yaml = `
models:
  moment:
    table: moments
    key: id
    fields:
      id: { type: number }
      scene: { type: number }
      at: { type: timestamp }
`

const engines = useEngines(writeTables([moments]))

async function expectOn(text: string, answer: readonly (readonly (string | number)[])[], given: Partial<Scene>) {
  const { zone = 'UTC', asOf = '2026-01-01', weekStarts = 1 } = given
  const calendar = { timezone: zone, weekStarts, fiscalYearStarts: 1 }
  const catalog = { ...expectAccepted(parseCatalog([{ name: 'zones', text: yaml }], { timezone: zone })), calendar }
  const { plan } = expectAccepted(planExploration(text, { catalog, calendar, asOf }))
  expect(findDifference(answer, interpret(plan, readTables([moments]))), 'interpreted').toBeUndefined()
  for (const { warehouse } of engines) {
    const emitted = emit(plan, warehouse.dialect)
    const { rows } = await runEmitted(warehouse, emitted, plan.columns)
    expect(findDifference(answer, rows), `${warehouse.dialect}\n${emitted.sql}`).toBeUndefined()
  }
}

test.each(scenes.map((one, place) => ({ ...one, place })))(
  '$range on $asOf in $zone is $from to $to',
  async ({ place, ...one }) => {
    const text = `from moment\nwhere scene = ${place} and at in ${one.range}\nsort id\nshow id`
    await expectOn(text, [[place * 4 + 1], [place * 4 + 2]], one)
  },
)

test.each(buckets.map((one, place) => [...one, place] as const))(
  'in %s, %s lies in %s and in the hour from %s',
  async (zone, _, day, hour, place) => {
    const text = `from moment\nwhere scene = ${1000 + place}\nshow day(at) as d, hour(at) as h`
    await expectOn(text, [[day, hour]], { zone })
  },
)

test('hours are filled over the 23 hours of a day, and over the 25 of another', async () => {
  for (const [day, count] of [
    ['2025-03-09', 23],
    ['2025-11-02', 25],
  ] as const)
    await expectOn(
      `from moment\nwhere scene = 1007\ngroup by hour(at): n = count()\nfill hour with 0 from ${day} to ${day}\ngroup all: hours = count(), least = min(n), first = min(hour), last = max(hour)`,
      [
        day === '2025-03-09'
          ? [count, 0, '2025-03-09T05:00:00Z', '2025-03-10T03:00:00Z']
          : [26, 0, '2025-03-09T07:00:00Z', '2025-11-03T04:00:00Z'],
      ],
      { zone: newYork },
    )
})

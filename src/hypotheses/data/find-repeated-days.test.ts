import { expect, test } from 'vitest'
import { addPeriods, type Day } from '../../base/periods.ts'
import { createRandom } from '../../stats/random.ts'
import { findRepeatedDays, type KeyCount, listSuspectDays } from './find-repeated-days.ts'

const asOf = '2026-09-30'

function countRows(rowsOf: (ago: number) => number): ReadonlyMap<Day, number> {
  const counts = Array.from({ length: 200 }, (_, ago): [Day, number] => [addPeriods(asOf, -ago, 'day'), rowsOf(ago)])
  return new Map(counts.filter(([, rows]) => rows > 0))
}

test('days with many more rows than those around them are suspect, also several in a row', () => {
  expect(
    listSuspectDays(
      countRows((ago) => (ago === 9 ? 160 : 100)),
      asOf,
    ),
  ).toEqual(['2026-09-21'])
  expect(
    listSuspectDays(
      countRows((ago) => (ago < 14 ? 200 : 100)),
      asOf,
    ),
  ).toHaveLength(14)
  expect(
    listSuspectDays(
      countRows(() => 100),
      asOf,
    ),
  ).toEqual([])
  expect(
    listSuspectDays(
      countRows((ago) => (ago === 9 ? 14 : 2)),
      asOf,
    ),
  ).toEqual([])
})

test('an ordinary table asks for the keys of few days', () => {
  const random = createRandom(3)
  let asked = 0
  for (let table = 0; table < 100; table++)
    asked += listSuspectDays(
      countRows((ago) => random.poisson(ago % 7 < 2 ? 100 : 300)),
      asOf,
    ).length
  expect(asked / 100).toBeLessThan(0.5)
})

test('days are left out that hold rows twice where ordinary ones do not', () => {
  const count = (rows: number, keys: number): KeyCount => ({ rows, keys })
  const suspects = ['2026-09-21', '2026-09-20']
  const ordinary: [Day, KeyCount][] = [
    ['2026-09-13', count(100, 100)],
    ['2026-09-14', count(100, 100)],
  ]
  const twice = findRepeatedDays(
    suspects,
    new Map([...ordinary, ['2026-09-20', count(200, 100)], ['2026-09-21', count(150, 149)]]),
  )
  expect([...twice]).toEqual([['2026-09-20', 0.5]])
  // the catalog's key is none: nothing can be said
  const never = new Map([...ordinary, ['2026-09-07', count(100, 60)], ['2026-09-20', count(200, 100)]] as const)
  expect(findRepeatedDays(suspects, never).size).toBe(0)
  expect(findRepeatedDays(suspects, new Map()).size).toBe(0)
})

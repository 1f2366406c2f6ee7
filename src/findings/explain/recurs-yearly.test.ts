import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { measureMovement } from './measure-movement.ts'
import type { Parts } from './parts.ts'
import { findYearBefore, hasPast } from './recurs-yearly.ts'

const random = createRandom(4)
const window = { from: 150, to: 180 }
const excluded = new Uint8Array(180)
const season = 7

/** 180 days of about a hundred rows, so many times as many in the window, none before `first`. */
function draw(times: number, first = 0): Parts {
  const rows = Float64Array.from({ length: 180 }, (_, at) =>
    at < first ? 0 : random.poisson(at >= window.from ? 100 * times : 100),
  )
  return { kind: 'count', total: rows, weight: undefined, rows }
}

const move = (parts: Parts) => measureMovement({ parts, window, excluded, season })!
const compare = (now: number, then: Parts, firstRow = 0) =>
  findYearBefore(move(draw(now)), { parts: then, window, excluded, season }, firstRow)?.change

test('what went the same way a year before, at least half as far, is the same', () => {
  expect(compare(1.8, draw(1.7))).toBeGreaterThan(0.5)
  expect(compare(0.4, draw(0.5))).toBeLessThan(-0.4)
  expect(compare(0, draw(0))).toBe(-1)
})

test('what did not move, or the other way, or much less, is not', () => {
  expect(compare(1.8, draw(1))).toBeUndefined()
  expect(compare(1.8, draw(0.6))).toBeUndefined()
  expect(compare(3, draw(1.4))).toBeUndefined()
})

test('what came on the same date is the same, though that is another day of the week', () => {
  const single = (day: number): Parts => {
    const rows = Float64Array.from({ length: 180 }, (_, at) => (at === day ? 40 : 0))
    return { kind: 'count', total: rows, weight: undefined, rows }
  }
  expect(
    findYearBefore(move(single(window.from)), { parts: single(window.from - 1), window, excluded, season }, 0)?.change,
  ).toBeGreaterThan(8)
  expect(
    findYearBefore(move(single(window.from)), { parts: single(window.from - 9), window, excluded, season }, 0),
  ).toBeUndefined()
})

test('a table that began shortly before says nothing', () => {
  const began = draw(1.7, 120)
  expect(hasPast({ window, season }, 130)).toBe(false)
  expect(hasPast({ window, season }, -1)).toBe(false)
  expect(hasPast({ window, season }, 80)).toBe(true)
  // and what it has is not compared with days before it
  expect(compare(1.8, began, 120)).toBeLessThan(1)
})

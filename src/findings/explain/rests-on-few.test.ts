import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { measureMovement } from './measure-movement.ts'
import { addParts, type Parts } from './parts.ts'
import { restsOnFew } from './rests-on-few.ts'

const random = createRandom(8)
const input = { window: { from: 150, to: 180 }, excluded: new Uint8Array(180), season: 7 }

/** Rows a day before the window and in it. */
function draw(before: number, now: number): Parts {
  const rows = Float64Array.from({ length: 180 }, (_, at) => random.poisson(at >= input.window.from ? now : before))
  return { kind: 'count', total: rows, weight: undefined, rows }
}

function isOfFew(own: Parts, others: Parts): boolean {
  const parts = addParts(own, others)
  return restsOnFew(measureMovement({ ...input, parts })!, { ...input, parts }, own)
}

test('what comes or goes with one is of one', () => {
  expect(isOfFew(draw(0, 100), draw(40, 40))).toBe(true)
  expect(isOfFew(draw(100, 0), draw(40, 40))).toBe(true)
  expect(isOfFew(draw(0, 100), draw(0, 0))).toBe(true)
  // the others went the other way
  expect(isOfFew(draw(0, 100), draw(40, 25))).toBe(true)
})

test('what all share is not of the one that has most of it', () => {
  expect(isOfFew(draw(100, 40), draw(40, 16))).toBe(false)
  expect(isOfFew(draw(50, 150), draw(40, 120))).toBe(false)
})

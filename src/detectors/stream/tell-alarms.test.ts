import { expect, test } from 'vitest'
import { tellAlarms } from './tell-alarms.ts'

const chances = (rest: Readonly<Record<number, number>>) => {
  const chance = new Float64Array(400).fill(1)
  for (const [at, value] of Object.entries(rest)) chance[Number(at)] = value
  return chance
}
const alarms = (score: Float64Array) => Array.from(score.keys()).filter((at) => score[at]! >= 0.5)

test('tells an episode once, and again when it got ten times less likely or calm lay between', () => {
  const score = tellAlarms(
    chances({ 99: 0.011, 100: 0.01, 101: 0.008, 150: 0.005, 160: 0.0004, 170: 0.0002, 234: 0.01, 299: 0.01 }),
    () => false,
  )
  expect(alarms(score)).toEqual([100, 160, 299])
  expect(score[299]).toBe(0.5)
  expect(score[101]).toBe(0.49)
  expect(score[0]).toBe(0)
})

test('scores run from a chance of one in a hundred at a half to its square at one', () => {
  expect(tellAlarms(chances({ 0: 0.0001 }), () => false)[0]).toBeCloseTo(1, 12)
  expect(tellAlarms(chances({ 0: 0 }), () => false)[0]).toBe(1)
  expect(tellAlarms(chances({ 0: 1e-9 }), () => true)[0]).toBe(0.49)
})

import { expect, test } from 'vitest'
import { type ScoreInput, scoreFinding } from './score-finding.ts'

const input: ScoreInput = {
  qValue: 1e-6,
  share: 0.1,
  strength: 10,
  state: 'new',
  ageDays: 10,
  isOver: false,
  conditions: 1,
  hasGood: true,
  kindWeight: 1,
  fit: 0.5,
}

test('all factors lie between 0 and 1, whatever comes in', () => {
  for (const share of [0, 0.1, 5]) {
    for (const strength of [-50, 0, 50]) {
      const factors = Object.values(scoreFinding({ ...input, share, strength, ageDays: -3 }))
      expect(factors.every((factor) => factor >= 0 && factor <= 1)).toBe(true)
    }
  }
})

test('more at stake, more surprising, newer and more certain is worth more', () => {
  const { total } = scoreFinding(input)
  expect(scoreFinding({ ...input, share: 0.2 }).total).toBeGreaterThan(total)
  expect(scoreFinding({ ...input, strength: -20 }).total).toBeGreaterThan(total)
  expect(scoreFinding({ ...input, state: 'ongoing' }).total).toBeLessThan(total)
  expect(scoreFinding({ ...input, ageDays: 80 }).total).toBeLessThan(total)
  expect(scoreFinding({ ...input, qValue: 0.05 }).total).toBeLessThan(total)
  expect(scoreFinding({ ...input, isOver: true }).total).toBeLessThan(total)
})

test('what fails in one respect is not saved by the others', () => {
  expect(scoreFinding({ ...input, share: 0 }).total).toBeLessThan(0.1)
})

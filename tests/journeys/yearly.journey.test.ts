import { expect, test } from 'vitest'
import { makeSeasonCompany, type SeasonPlan } from './season-company.ts'
import { tellMovements } from './tell-movements.ts'

const tell = (plan: SeasonPlan, seed: number) => tellMovements((url) => makeSeasonCompany(seed, url, plan))

test('a summer that came a year before is not told, and that is said', async () => {
  const { told, withheld } = await tell({ days: 800 }, 1)
  expect(told).toEqual([])
  const [summer] = withheld.filter(({ what }) => what.startsWith('Bookings'))
  expect(summer?.what).toMatch(/^Bookings with kind campsite/)
  expect(summer?.why).toMatch(/^rose \d+% since 2026-0[567]-\d\d, as in the same weeks a year before \(rose \d+%\)$/)
})

test('what happens beside it is told', async () => {
  const { told } = await tell({ days: 800, hostelsLeft: 0.4 }, 2)
  expect(told).toEqual([['down', 'hostel']])
})

test('a table that does not go back so far cannot know', async () => {
  const { told, withheld } = await tell({ days: 380 }, 1)
  expect(told).toEqual([['up', 'campsite']])
  expect(withheld.filter(({ what }) => what.startsWith('Bookings'))).toEqual([])
})

import { expect, test } from 'vitest'
import { makeConcertCompany } from './concert-company.ts'
import { makeShopCompany, type ShopPlan } from './shop-company.ts'
import { tellMovements } from './tell-movements.ts'

const tell = (plan: ShopPlan, seed: number) => tellMovements((url) => makeShopCompany(seed, url, plan))

test('one player who buys for a country is no change of that country, and that is said', async () => {
  const { told, withheld } = await tell({ whale: 7 }, 1)
  expect(told).toEqual([])
  const [single] = withheld.filter(({ what }) => what.startsWith('Purchases'))
  expect(single?.what).toContain('AT')
  expect(single?.why).toMatch(/^rose .* since 2026-08-\d\d by 1 player alone$/)
})

test('what all players do is told beside it', async () => {
  const { told } = await tell({ whale: 7, largeLeft: 0.4 }, 2)
  expect(told).toEqual([['down', 'large']])
})

const sell = (plan: { readonly festival?: number; readonly rockLeft?: number }, seed: number) =>
  tellMovements((url) => makeConcertCompany(seed, url, plan))

test('one festival that goes on sale is no change of festivals where concerts come and go, and that is said', async () => {
  const { told, withheld } = await sell({ festival: 60 }, 3)
  expect(told).toEqual([])
  expect(withheld.map(({ why }) => why)).toContainEqual(expect.stringMatching(/by [12] concerts? alone$/))
})

test('what all concerts of a genre do is told', async () => {
  const { told } = await sell({ rockLeft: 0.4 }, 4)
  expect(told).toEqual([['down', 'rock']])
})

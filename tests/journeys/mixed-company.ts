import { addPeriods } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { saveCompany } from './save-company.ts'
import type { SmallCompany } from './small-company.ts'

const days = 300
const asOf = '2026-09-30'

export interface PlantedMix {
  /** How much more likely the regions with the lowest rates are in the last four weeks than those with the highest; 0 for as before. */
  readonly tilt?: number
  /** Times as many sign-ups of the largest region in the last ten weeks, the others fewer, so that there are as many in all. */
  readonly largest?: number
}

const catalog = (metrics: string) => `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number, hidden: true }
      region: { type: text }
      is_active: { type: boolean }
      created_at: { type: timestamp }
    metrics:
${metrics}
calendar: { week_starts: monday }
`
const metrics = {
  activation:
    '      activation: { measure: count(where is_active = true) / count(), time: created_at, good: up, slices: [region], format: percent }',
  signups: '      signups: { measure: count(), time: created_at, good: up, slices: [region], unit: accounts }',
}

/** A company of one table in csv whose sign-ups come from many regions with rates of their own, and whatever is planted in their mix. */
export function makeMixedCompany(
  seed: number,
  storeUrl: string,
  metric: keyof typeof metrics,
  { tilt = 0, largest = 1 }: PlantedMix,
): SmallCompany {
  const random = createRandom(seed)
  // whether a mix changed is judged by how alike many values say so
  const regions = Array.from({ length: metric === 'activation' ? 90 : 36 }, (_, at) => `region_${at + 10}`)
  const lines = ['id,region,is_active,created_at']
  const draw = (weights: readonly number[]) => {
    let left = random.uniform() * weights.reduce((sum, x) => sum + x, 0)
    for (const [at, weight] of weights.entries()) {
      left -= weight
      if (left < 0) return at
    }
    return 0
  }
  const usual = regions.map((_, at) => (at === 0 && largest > 1 ? 9 : 1))
  const grown = usual.map((weight, at) => (at === 0 ? weight * largest : weight))
  const tilted = usual.map((weight, at) => weight * Math.exp((-tilt * at) / (regions.length - 1)))
  for (let ago = days; ago >= 0; ago--) {
    const day = addPeriods(asOf, -ago, 'day')
    const count = random.poisson(120)
    for (let made = 0; made < count; made++) {
      const at = draw(ago < 28 && tilt > 0 ? tilted : ago < 70 ? grown : usual)
      const isActive = random.uniform() < 0.2 + (0.55 * at) / (regions.length - 1)
      lines.push(
        `${lines.length},${regions[at]},${isActive},${day} ${String(random.integer(0, 23)).padStart(2, '0')}:30:00`,
      )
    }
  }
  const tables = { accounts: lines }
  const folder = saveCompany({ name: 'mixed', storeUrl, catalog: catalog(metrics[metric]), tables })
  return { folder, asOf }
}

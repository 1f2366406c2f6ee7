import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addPeriods } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'
import { makeSmallCompany, type SmallCompany } from './small-company.ts'

/**
 * A small company with regions that no metric is cut by: of the north, a tenth, two in three sign-ups are missing in the last 20 days.
 * `config` is added to its `hunch.yaml`.
 */
export function makeRegionalCompany(storeUrl: string, config: string): SmallCompany {
  const company = makeSmallCompany(3, storeUrl, {})
  const { folder, asOf } = company
  const random = createRandom(11)
  const file = join(folder, 'data', 'accounts.csv')
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  const since = addPeriods(asOf, -19, 'day')
  const kept = lines.flatMap((line) => {
    const region = random.uniform() < 0.1 ? 'north' : 'south'
    const isLost = region === 'north' && line.split(',')[5]! >= since && random.uniform() < 0.66
    return isLost ? [] : [`${line},${region}`]
  })
  writeFileSync(file, `${[`${head},region`, ...kept].join('\n')}\n`)
  const catalog = join(folder, 'catalog', 'company.yaml')
  const fields = '      region: { type: text, values: [north, south] }\n      score:'
  writeFileSync(catalog, readFileSync(catalog, 'utf8').replace('      score:', fields))
  appendFileSync(join(folder, 'hunch.yaml'), config)
  return company
}

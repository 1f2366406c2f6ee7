/**
 * What funnels promise and find: companies whose users make a project and then a large report, or do not, each company a whole cycle. Worlds in which nothing
 * happens, and one in which two fifths fewer go on in one value of a field. `node bench/funnels.ts [COMPANIES] [SEED]`
 */
import { type FunnelPlan, makeFunnelCompany } from '../tests/journeys/funnel-company.ts'
import { describeShares, tellCompanies, total } from './companies/tell-companies.ts'

const [companies = 30, first = 1] = process.argv.slice(2).map(Number)

const kinds: Readonly<Record<string, FunnelPlan>> = {
  'nothing, users strangers': { ofAccounts: 0 },
  'nothing, accounts alike': { ofAccounts: 1 },
  'nothing, weeks alike': { ofWeeks: 0.15 },
  'two fifths fewer of a plan': { shifted: { since: 42, plan: 'pro', factor: 0.6 } },
}

console.log(`${companies} companies a row, a cycle each`)
for (const [name, plan] of Object.entries(kinds)) {
  const make = (seed: number, url: string) => makeFunnelCompany(seed, url, plan)
  const all = await tellCompanies(make, { count: companies, first, detector: 'funnel_shift' })
  const [tests, replicates] = [all.flatMap((one) => one.tests), all.flatMap((one) => one.replicates)]
  const exact = all
    .flatMap(({ told }) => told)
    .filter(({ slice, metric }) => slice[0]?.value === 'pro' && metric.startsWith('activation_2'))
  console.log(
    `${name.padEnd(28)} ${total(all, ({ told }) => told.length)} told, ${exact.length} of that step and plan, ${total(all, ({ others }) => others)} others; of ${tests.length} tests p ${describeShares(tests, [0.05, 0.01, 0.001])}; replicates ${describeShares(replicates, [0.05, 0.01])}`,
  )
}

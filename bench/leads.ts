/**
 * What leads promise and find: companies with signups and orders of different tables, four pairs of metrics each, each company a whole cycle. Worlds in which
 * neither leads, and those in which the ups and downs of signups come back in orders two weeks later. `node bench/leads.ts [COMPANIES] [SEED]`
 */
import { type LeadPlan, makeLeadCompany } from '../tests/journeys/lead-company.ts'
import { describeShares, tellCompanies, total } from './companies/tell-companies.ts'

const [companies = 40, first = 1] = process.argv.slice(2).map(Number)

const kinds: Readonly<Record<string, LeadPlan>> = {
  strangers: { share: 0, lag: 0 },
  'a shared cause of the day': { share: 0, lag: 0, shared: 0.3 },
  'a shared cause that lasts': { share: 0, lag: 0, shared: 0.3, memory: 0.8 },
  'both jump in one fortnight': { share: 0, lag: 0, fortnight: 1.8 },
  'dates of the month': { share: 0, lag: 0, monthly: 2 },
  'two weeks later, a half': { share: 0.5, lag: 14 },
  'two weeks later, as much': { share: 1, lag: 14 },
  'five days later, the other way': { share: -1, lag: 5 },
}

console.log(`${companies} companies a row, a cycle each`)
for (const [name, plan] of Object.entries(kinds)) {
  const make = (seed: number, url: string) => makeLeadCompany(seed, url, plan)
  const all = await tellCompanies(make, { count: companies, first, detector: 'lead_lag' })
  const tests = all.flatMap((one) => one.tests)
  const isExact = ({ hypothesis, numbers }: (typeof tests)[number], key: string) =>
    hypothesis.key === key && numbers.details.lag === plan.lag
  const exact = total(
    all,
    ({ told, tests: own }) => told.filter(({ hypothesisKey }) => own.some((one) => isExact(one, hypothesisKey))).length,
  )
  console.log(
    `${name.padEnd(32)} ${total(all, ({ told }) => told.length)} told, ${exact} of that lag, ${total(all, ({ others }) => others)} others; of ${tests.length} tests p ${describeShares(tests, [0.05, 0.01, 0.001])}`,
  )
}

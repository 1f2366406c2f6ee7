/**
 * What goals promise and find: companies that close deals and have goals for the quarter and the month, each company a whole cycle. Goals that will be
 * met exactly, those a quarter too high, and those far below what comes. `node bench/goals.ts [COMPANIES] [SEED]`
 */
import { type GoalPlan, makeGoalCompany } from '../tests/journeys/goal-company.ts'
import { describeShares, tellCompanies, total } from './companies/tell-companies.ts'

const [companies = 40, first = 1] = process.argv.slice(2).map(Number)

const kinds: Readonly<Record<string, GoalPlan>> = {
  'met exactly': { quarter: 1, month: 1, share: 1 },
  'met exactly, few a day': { quarter: 1, month: 1, share: 1, perDay: 2 },
  'met exactly, much memory': { quarter: 1, month: 1, share: 1, scatter: 0.35, memory: 0.8 },
  'met by far': { quarter: 0.6, month: 0.6, share: 0.6 },
  'missed by a fifth': { quarter: 1.25, month: 1.25, share: 1.25 },
}

console.log(`${companies} companies a row, three goals each`)
for (const [name, plan] of Object.entries(kinds)) {
  const make = (seed: number, url: string) => makeGoalCompany(seed, url, plan)
  const all = await tellCompanies(make, { count: companies, first, detector: 'pace' })
  const [tests, replicates] = [all.flatMap((one) => one.tests), all.flatMap((one) => one.replicates)]
  console.log(
    `${name.padEnd(26)} ${total(all, ({ told }) => told.length)} of ${tests.length} goals told, ${total(all, ({ others }) => others)} others; p ${describeShares(tests, [0.05, 0.01])}; replicates ${describeShares(replicates, [0.05, 0.01])}`,
  )
}

/**
 * What is promised and found of behaviours that go with coming back: companies whose users do several things and leave sooner or later, each company a whole
 * cycle. Worlds in which leaving has nothing to do with what was done, and some in which a share of those who made no export in their first two weeks
 * does nothing more after them. `node bench/behaviours.ts [COMPANIES] [SEED]`
 */
import { type BehaviourPlan, makeBehaviourCompany } from '../tests/journeys/behaviour-company.ts'
import { describeShares, tellCompanies, total } from './companies/tell-companies.ts'

const [companies = 20, first = 1] = process.argv.slice(2).map(Number)

const kinds: Readonly<Record<string, BehaviourPlan>> = {
  'nothing, users strangers': { ofAccounts: 0 },
  'nothing, users of accounts alike': { ofAccounts: 1 },
  'nothing, of accounts': { of: 'accounts', ofAccounts: 1 },
  'a fifth is lost without': { lostWithout: 0.2 },
  'a third is lost without': { lostWithout: 0.35 },
  'a third is lost, of accounts': { of: 'accounts', lostWithout: 0.35 },
}

console.log(`${companies} companies a row, a cycle each`)
for (const [name, plan] of Object.entries(kinds)) {
  const make = (seed: number, url: string) => makeBehaviourCompany(seed, url, plan)
  const all = await tellCompanies(make, { count: companies, first, detector: 'association' })
  const [tests, replicates] = [all.flatMap((one) => one.tests), all.flatMap((one) => one.replicates)]
  const exact = all
    .flatMap(({ told }) => told)
    .filter(({ slice, direction }) => slice[0]?.value === 'export_run' && direction === 'up')
  const compared = tests
    .map(({ numbers: { details } }) => Number(details.exposed) + Number(details.unexposed))
    .sort((a, b) => a - b)
  console.log(
    `${name.padEnd(34)} ${total(all, ({ told }) => told.length)} told, ${exact.length} by exports, ${total(all, ({ others }) => others)} others; of ${tests.length} tests (${compared[compared.length >> 1]} compared) p ${describeShares(tests, [0.05, 0.01, 0.001])}; replicates ${describeShares(replicates, [0.05, 0.01])}`,
  )
}

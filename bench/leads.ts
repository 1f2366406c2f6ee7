/**
 * What leads promise and find: companies with signups and orders of different tables, four pairs of metrics each, each company a whole cycle. Worlds in which
 * neither leads, and those in which the ups and downs of signups come back in orders two weeks later. `node bench/leads.ts [COMPANIES] [SEED]`
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openApp } from '../src/app.ts'
import { runCycle } from '../src/engine/run-cycle.ts'
import { listVerdicts } from '../src/store/verdicts.ts'
import { type LeadPlan, makeLeadCompany } from '../tests/journeys/lead-company.ts'
import { openTestDatabase } from '../tests/support/test-database.ts'

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

async function tell(seed: number, plan: LeadPlan) {
  const store = await openTestDatabase({ isEmpty: true })
  const { folder, asOf } = makeLeadCompany(seed, store.url, plan)
  const app = await openApp({ configFile: join(folder, 'hunch.yaml') })
  try {
    const { cycle, findings } = await runCycle(app, { asOf })
    const own = (await listVerdicts(app.database, cycle.id)).filter(
      ({ hypothesis, isReplicate }) => hypothesis.detector === 'lead_lag' && !isReplicate,
    )
    const told = findings.filter(({ kind }) => kind === 'lead_lag')
    const exact = told.filter(({ hypothesisKey }) =>
      own.some(
        ({ hypothesis, ...verdict }) =>
          hypothesis.key === hypothesisKey && verdict.status === 'tested' && verdict.numbers.details.lag === plan.lag,
      ),
    )
    return {
      told: told.length,
      exact: exact.length,
      others: findings.length - told.length,
      pValues: own.flatMap((one) => (one.status === 'tested' ? [one.numbers.pValue] : [])),
    }
  } finally {
    await app.close()
    await store.drop()
    rmSync(folder, { recursive: true })
  }
}

const share = (values: readonly number[], most: number): string =>
  `${((100 * values.filter((one) => one <= most).length) / Math.max(1, values.length)).toFixed(1)}%`.padStart(6)

console.log(`${companies} companies a row, a cycle each`)
for (const [name, plan] of Object.entries(kinds)) {
  const all: Awaited<ReturnType<typeof tell>>[] = []
  for (let at = 0; at < companies; at++) all.push(await tell(first + at, plan))
  const pValues = all.flatMap((one) => one.pValues)
  const sum = (of: 'told' | 'exact' | 'others') => all.reduce((total, one) => total + one[of], 0)
  console.log(
    `${name.padEnd(32)} ${sum('told')} told, ${sum('exact')} of that lag, ${sum('others')} others; of ${pValues.length} tests p ≤ 5% ${share(pValues, 0.05)}, ≤ 1% ${share(pValues, 0.01)}, ≤ .1% ${share(pValues, 0.001)}`,
  )
}

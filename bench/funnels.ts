/**
 * What funnels promise and find: companies whose users make a project and then a large report, or do not, each company a whole cycle. Worlds in which nothing
 * happens, and one in which two fifths fewer go on in one value of a field. `node bench/funnels.ts [COMPANIES] [SEED]`
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openApp } from '../src/app.ts'
import { runCycle } from '../src/engine/run-cycle.ts'
import { listVerdicts } from '../src/store/verdicts.ts'
import { type FunnelPlan, makeFunnelCompany } from '../tests/journeys/funnel-company.ts'
import { openTestDatabase } from '../tests/support/test-database.ts'

const [companies = 30, first = 1] = process.argv.slice(2).map(Number)

const kinds: Readonly<Record<string, FunnelPlan>> = {
  'nothing, users strangers': { ofAccounts: 0 },
  'nothing, accounts alike': { ofAccounts: 1 },
  'nothing, weeks alike': { ofWeeks: 0.15 },
  'two fifths fewer of a plan': { shifted: { since: 42, plan: 'pro', factor: 0.6 } },
}

async function tell(seed: number, plan: FunnelPlan) {
  const store = await openTestDatabase({ isEmpty: true })
  const { folder, asOf } = makeFunnelCompany(seed, store.url, plan)
  const app = await openApp({ configFile: join(folder, 'hunch.yaml') })
  try {
    const { cycle, findings } = await runCycle(app, { asOf })
    const verdicts = await listVerdicts(app.database, cycle.id)
    const own = verdicts.filter(({ hypothesis }) => hypothesis.detector === 'funnel_shift')
    const pValues = (isReplicate: boolean) =>
      own.flatMap((one) =>
        one.status === 'tested' && (one.isReplicate === true) === isReplicate ? [one.numbers.pValue] : [],
      )
    const told = findings.filter(({ kind }) => kind === 'funnel_shift')
    return {
      told: told.length,
      exact: told.filter(({ slice, metric }) => slice[0]?.value === 'pro' && metric.startsWith('activation_2')).length,
      others: findings.length - told.length,
      pValues: pValues(false),
      replicates: pValues(true),
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
  const [asked, replicates] = [all.flatMap((one) => one.pValues), all.flatMap((one) => one.replicates)]
  const sum = (of: 'told' | 'exact' | 'others') => all.reduce((total, one) => total + one[of], 0)
  console.log(
    `${name.padEnd(28)} ${sum('told')} told, ${sum('exact')} of that step and plan, ${sum('others')} others; of ${asked.length} tests p ≤ 5% ${share(asked, 0.05)}, ≤ 1% ${share(asked, 0.01)}, ≤ .1% ${share(asked, 0.001)}; replicates ${share(replicates, 0.05)}, ${share(replicates, 0.01)}`,
  )
}

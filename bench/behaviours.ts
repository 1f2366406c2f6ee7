/**
 * What is promised and found of behaviours that go with coming back: companies whose users do several things and leave sooner or later, each company a whole
 * cycle. Worlds in which leaving has nothing to do with what was done, and some in which a share of those who made no export in their first two weeks
 * does nothing more after them. `node bench/behaviours.ts [COMPANIES] [SEED]`
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openApp } from '../src/app.ts'
import { runCycle } from '../src/engine/run-cycle.ts'
import { listVerdicts } from '../src/store/verdicts.ts'
import { type BehaviourPlan, makeBehaviourCompany } from '../tests/journeys/behaviour-company.ts'
import { openTestDatabase } from '../tests/support/test-database.ts'

const [companies = 20, first = 1] = process.argv.slice(2).map(Number)

const kinds: Readonly<Record<string, BehaviourPlan>> = {
  'nothing, users strangers': { ofAccounts: 0 },
  'nothing, users of accounts alike': { ofAccounts: 1 },
  'nothing, of accounts': { of: 'accounts', ofAccounts: 1 },
  'a fifth is lost without': { lostWithout: 0.2 },
  'a third is lost without': { lostWithout: 0.35 },
  'a third is lost, of accounts': { of: 'accounts', lostWithout: 0.35 },
}

async function tell(seed: number, plan: BehaviourPlan) {
  const store = await openTestDatabase({ isEmpty: true })
  const { folder, asOf } = makeBehaviourCompany(seed, store.url, plan)
  const app = await openApp({ configFile: join(folder, 'hunch.yaml') })
  try {
    const { cycle, findings } = await runCycle(app, { asOf })
    const own = (await listVerdicts(app.database, cycle.id)).flatMap((one) =>
      one.hypothesis.detector === 'association' && one.status === 'tested' ? [one] : [],
    )
    const told = findings.filter(({ kind }) => kind === 'association')
    const pValues = (isReplicate: boolean) =>
      own.filter((one) => (one.isReplicate === true) === isReplicate).map(({ numbers }) => numbers.pValue)
    return {
      told: told.length,
      exact: told.filter(({ slice, direction }) => slice[0]?.value === 'export_run' && direction === 'up').length,
      others: findings.length - told.length,
      compared: own.map(({ numbers: { details } }) => Number(details.exposed) + Number(details.unexposed)),
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
  const compared = all.flatMap((one) => one.compared).sort((a, b) => a - b)
  console.log(
    `${name.padEnd(34)} ${sum('told')} told, ${sum('exact')} by exports, ${sum('others')} others; of ${asked.length} tests (${compared[compared.length >> 1]} compared) p ≤ 5% ${share(asked, 0.05)}, ≤ 1% ${share(asked, 0.01)}, ≤ .1% ${share(asked, 0.001)}; replicates ${share(replicates, 0.05)}, ${share(replicates, 0.01)}`,
  )
}

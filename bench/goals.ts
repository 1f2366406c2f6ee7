/**
 * What goals promise and find: companies that close deals and have goals for the quarter and the month, each company a whole cycle. Goals that will be
 * met exactly, those a quarter too high, and those far below what comes. `node bench/goals.ts [COMPANIES] [SEED]`
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openApp } from '../src/app.ts'
import { runCycle } from '../src/engine/run-cycle.ts'
import { listVerdicts } from '../src/store/verdicts.ts'
import { type GoalPlan, makeGoalCompany } from '../tests/journeys/goal-company.ts'
import { openTestDatabase } from '../tests/support/test-database.ts'

const [companies = 40, first = 1] = process.argv.slice(2).map(Number)

const kinds: Readonly<Record<string, GoalPlan>> = {
  'met exactly': { quarter: 1, month: 1, share: 1 },
  'met exactly, few a day': { quarter: 1, month: 1, share: 1, perDay: 2 },
  'met exactly, much memory': { quarter: 1, month: 1, share: 1, scatter: 0.35, memory: 0.8 },
  'met by far': { quarter: 0.6, month: 0.6, share: 0.6 },
  'missed by a fifth': { quarter: 1.25, month: 1.25, share: 1.25 },
}

async function tell(seed: number, plan: GoalPlan) {
  const store = await openTestDatabase({ isEmpty: true })
  const { folder, asOf } = makeGoalCompany(seed, store.url, plan)
  const app = await openApp({ configFile: join(folder, 'hunch.yaml') })
  try {
    const { cycle, findings } = await runCycle(app, { asOf })
    const asked = (await listVerdicts(app.database, cycle.id)).filter(
      ({ hypothesis }) => hypothesis.detector === 'pace',
    )
    const pValues = (isReplicate: boolean) =>
      asked.flatMap((one) =>
        one.status === 'tested' && (one.isReplicate === true) === isReplicate ? [one.numbers.pValue] : [],
      )
    return {
      told: findings.filter(({ kind }) => kind === 'pace').length,
      others: findings.filter(({ kind }) => kind !== 'pace').length,
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

console.log(`${companies} companies a row, three goals each`)
for (const [name, plan] of Object.entries(kinds)) {
  const all: Awaited<ReturnType<typeof tell>>[] = []
  for (let at = 0; at < companies; at++) all.push(await tell(first + at, plan))
  const [asked, replicates] = [all.flatMap((one) => one.pValues), all.flatMap((one) => one.replicates)]
  const told = all.reduce((sum, one) => sum + one.told, 0)
  const others = all.reduce((sum, one) => sum + one.others, 0)
  console.log(
    `${name.padEnd(26)} ${told} of ${asked.length} goals told, ${others} others; p ≤ 5% ${share(asked, 0.05)}, ≤ 1% ${share(asked, 0.01)}; replicates ${share(replicates, 0.05)}, ${share(replicates, 0.01)}`,
  )
}

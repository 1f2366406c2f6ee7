/** Made companies, a whole cycle each, and what came of the tests of one detector: what `bench/behaviours`, `funnels`, `goals` and `leads` have in common. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { openApp } from '../../src/app.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import type { TestedVerdict } from '../../src/findings/candidate.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { openTestDatabase } from '../../tests/support/test-database.ts'

export interface ToldCompany {
  /** Findings of the detector. */
  readonly told: readonly Finding[]
  /** How many findings of other kinds there are. */
  readonly others: number
  /** Its tests, null replicates left out. */
  readonly tests: readonly TestedVerdict[]
  readonly replicates: readonly TestedVerdict[]
}

type Make = (seed: number, storeUrl: string) => { readonly folder: string; readonly asOf: string }

async function tellCompany(make: Make, seed: number, detector: string): Promise<ToldCompany> {
  const store = await openTestDatabase({ isEmpty: true })
  const { folder, asOf } = make(seed, store.url)
  const app = await openApp({ configFile: join(folder, 'hunch.yaml') })
  try {
    const { cycle, findings } = await runCycle(app, { asOf })
    const own = (await listVerdicts(app.database, cycle.id)).flatMap((one) =>
      one.hypothesis.detector === detector && one.status === 'tested' ? [one] : [],
    )
    const told = findings.filter(({ kind }) => kind === detector)
    return {
      told,
      others: findings.length - told.length,
      tests: own.filter(({ isReplicate }) => !isReplicate),
      replicates: own.filter(({ isReplicate }) => isReplicate),
    }
  } finally {
    await app.close()
    await store.drop()
    rmSync(folder, { recursive: true })
  }
}

/** The companies of `count` seeds from `first` on, one after another. */
export async function tellCompanies(
  make: Make,
  { count, first, detector }: { readonly count: number; readonly first: number; readonly detector: string },
): Promise<readonly ToldCompany[]> {
  const all: ToldCompany[] = []
  for (let at = 0; at < count; at++) all.push(await tellCompany(make, first + at, detector))
  return all
}

export const total = (all: readonly ToldCompany[], of: (one: ToldCompany) => number): number =>
  all.reduce((sum, one) => sum + of(one), 0)

/** `p ≤ 5%  4.9%, ≤ 1%  1.0%`: the shares of tests that are as sure. */
export function describeShares(tests: readonly TestedVerdict[], levels: readonly number[]): string {
  const shareOf = (level: number) => {
    const share = tests.filter(({ numbers }) => numbers.pValue <= level).length / Math.max(1, tests.length)
    return `≤ ${100 * level}% ${`${(100 * share).toFixed(1)}%`.padStart(6)}`
  }
  return levels.map(shareOf).join(', ')
}

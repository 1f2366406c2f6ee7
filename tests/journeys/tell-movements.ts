import { runCycle } from '../../src/engine/run-cycle.ts'
import { openWorkspace } from './open-workspace.ts'
import type { SmallCompany } from './small-company.ts'

/** What a cycle tells of a company, by direction and values of the slice, and what it withholds. */
export async function tellMovements(make: (storeUrl: string) => SmallCompany) {
  const { app, asOf } = await openWorkspace(make)
  const { findings, withheld } = await runCycle(app, { asOf })
  return { told: findings.map(({ slice, direction }) => [direction, ...slice.map(({ value }) => value)]), withheld }
}

import { ask } from './ask.ts'
import { composeDigests } from './compose-digests.ts'
import type { AnyJob } from './define-job.ts'
import { deliverDigest } from './deliver-digest.ts'
import { judgeCycle } from './judge-cycle.ts'
import { planCycle } from './plan-cycle.ts'
import { runScan } from './run-scan.ts'

/** Every kind of job, in the order in which a cycle goes through them; questions last. */
export const jobs: readonly AnyJob[] = [planCycle, runScan, judgeCycle, composeDigests, deliverDigest, ask]

export const findJob = (name: string): AnyJob | undefined => jobs.find((job) => job.name === name)

import { Rejection } from '../base/diagnostic.ts'
import { describeError, Failure } from '../base/failure.ts'
import { invariant } from '../base/invariant.ts'
import type { Day } from '../base/periods.ts'
import type { CycleSummary, Finding } from '../findings/finding.ts'
import type { Withheld } from '../hypotheses/data/profile-model.ts'
import { isRead } from '../hypotheses/hypothesis.ts'
import { findCycle, updateCycle } from '../store/cycles.ts'
import { failScan, listOpenScans } from '../store/scans.ts'
import type { EngineContext } from './context.ts'
import { threadsMax } from './judge/test-in-thread.ts'
import { planCycle } from './plan/plan-cycle.ts'
import type { ScanMemory } from './scan/load-scan.ts'
import { runScan } from './scan/run-scan.ts'
import { judgeCycle } from './tell/judge-cycle.ts'

export interface RunCycleOptions {
  readonly asOf?: Day | undefined
  readonly seed?: number | undefined
  readonly trigger?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface CycleResult {
  readonly cycle: CycleSummary
  readonly findings: readonly Finding[]
  /** Stories of the cycle before that are over. */
  readonly recovered: readonly Finding[]
  /** What was not judged, and why, in words. */
  readonly withheld: readonly Withheld[]
}

/**
 * A whole cycle in this process: plan, every scan, judgement. A scan that fails is given up and said in the cycle; past the budget of
 * seconds the remaining ones are. When the cycle itself fails it is marked so, and can be run again.
 */
export async function runCycle(context: EngineContext, options: RunCycleOptions): Promise<CycleResult> {
  const { database } = context
  const { asOf, seed, signal } = options
  const { cycleId, scans } = await planCycle(context, { asOf, seed, trigger: options.trigger ?? 'cli', again: true })
  const memory: ScanMemory = new Map()
  try {
    const { reading, others } = await splitScans(context, cycleId, scans)
    // what reads nothing itself is made of what these read
    await runScans(context, cycleId, reading, memory, signal)
    await runScans(context, cycleId, others, memory, signal)
    context.report({ phase: 'judging', done: 0, total: 0, unit: '' })
    const all = await judgeCycle(context, cycleId, memory)
    const isOver = ({ state }: Finding) => state === 'recovered'
    const cycle = await findCycle(database, cycleId)
    invariant(cycle, `cycle \`${cycleId}\` is stored`)
    return {
      cycle: cycle.summary,
      findings: all.filter((finding) => !isOver(finding)),
      recovered: all.filter(isOver),
      withheld: cycle.withheld,
    }
  } catch (error) {
    await updateCycle(database, cycleId, { state: 'failed', error: describeError(error) })
    throw error
  }
}

/** The warehouse said no, or the scan's text is wrong for it: a matter of this scan alone. */
const isRefusal = (error: unknown): boolean => error instanceof Failure || error instanceof Rejection

async function splitScans({ database }: EngineContext, cycleId: string, ids: readonly string[]) {
  const scans = (await listOpenScans(database, cycleId)).filter(({ id }) => ids.includes(id))
  const list = (reads: boolean) => scans.filter((scan) => isRead(scan) === reads).map(({ id }) => id)
  return { reading: list(true), others: list(false) }
}

/** Scans under way at once: while others are tested, each in a thread, one waits for the warehouse or the store. */
const scansAtOnce = threadsMax + 1

async function runScans(
  context: EngineContext,
  cycleId: string,
  scans: readonly string[],
  memory: ScanMemory,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { database, log, now, engine } = context
  const deadline = now() + engine.budget.seconds * 1000
  const queue = scans.values()
  let done = 0
  let stopped = false
  const work = async () => {
    for (const scanId of queue) {
      if (stopped) return
      signal?.throwIfAborted()
      if (now() > deadline) {
        await failScan(database, cycleId, scanId, `the budget of ${engine.budget.seconds} seconds is used up`)
        continue
      }
      context.report({ phase: 'testing', done, total: scans.length, unit: 'scans' })
      await runScan(context, cycleId, scanId, signal, memory).catch((error: unknown) => {
        if (!isRefusal(error) || signal?.aborted) throw error
        log.warn({ scanId, cycleId }, describeError(error))
        return failScan(database, cycleId, scanId, describeError(error))
      })
      done += 1
      context.report({ phase: 'testing', done, total: scans.length, unit: 'scans' })
    }
  }
  const stop = (error: unknown) => {
    stopped = true
    throw error
  }
  const ends = await Promise.allSettled(Array.from({ length: scansAtOnce }, () => work().catch(stop)))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

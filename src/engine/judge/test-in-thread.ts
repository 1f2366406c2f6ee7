import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ScanTable } from '../../hypotheses/series/scan-table.ts'
import { type MembersTask, testMembers } from './test-members.ts'
import { type TableVerdicts, testScan } from './test-scan.ts'

/** What a thread tests: the slices of a table, or members who wait. */
export type ThreadTask =
  | { readonly kind: 'table'; readonly catalog: Catalog; readonly table: ScanTable; readonly seed: number }
  | ({ readonly kind: 'members' } & MembersTask)
export type ThreadAnswer = { readonly verdicts: TableVerdicts } | { readonly error: unknown }

/** Threads that test at once: as many as there are cores, but no more than this. Each takes about 100 MB. */
export const threadsMax = Math.min(4, availableParallelism())
/** Series of a table from which on it is worth a thread, which takes about half a second to start; one that is free takes smaller ones. */
const seriesMin = 200
/** The same of members who wait. */
const membersMin = 4_000
/** A thread that has had nothing to do for so long is stopped. */
const idleMs = 20_000

interface Thread {
  readonly worker: Worker
  idle?: NodeJS.Timeout
}

const free: Thread[] = []
const waiting: ((thread: Thread) => void)[] = []
let open = 0

/**
 * `testScan`, of a large table in a thread of its own, so that detectors use all cores and never hold up this one. Threads are started when
 * they are needed, shared by all cycles of the process, and stopped when they are not; an idle one does not keep the process alive. A test that
 * was cancelled is thrown away when it ends.
 */
export async function testInThread(
  catalog: Catalog,
  table: ScanTable,
  seed: number,
  signal?: AbortSignal,
): Promise<TableVerdicts> {
  const isSmall = table.slices.length * table.scan.metrics.length < seriesMin
  if (isSmall && free.length === 0) return testScan(catalog, table, seed, signal)
  return runInThread({ kind: 'table', catalog, table, seed }, signal)
}

/** `testMembers` likewise. */
export const testMembersInThread = (task: MembersTask, signal?: AbortSignal): Promise<TableVerdicts> =>
  task.result.rows.length < membersMin && free.length === 0
    ? testMembers(task, signal)
    : runInThread({ kind: 'members', ...task }, signal)

async function runInThread(task: ThreadTask, signal: AbortSignal | undefined): Promise<TableVerdicts> {
  const thread = await takeThread()
  const answer = await ask(thread, task)
  signal?.throwIfAborted()
  if ('error' in answer) throw answer.error
  return answer.verdicts
}

function takeThread(): Promise<Thread> | Thread {
  const known = free.pop()
  if (known) {
    clearTimeout(known.idle)
    known.worker.ref()
    return known
  }
  if (open >= threadsMax) return new Promise((resolve) => waiting.push(resolve))
  open += 1
  return { worker: new Worker(new URL('./test-scan-thread.ts', import.meta.url)) }
}

function ask(thread: Thread, task: ThreadTask): Promise<ThreadAnswer> {
  const { worker } = thread
  return new Promise((resolve, reject) => {
    const end = () => worker.off('message', answer).off('error', fail).off('exit', leave)
    const answer = (given: ThreadAnswer) => {
      end()
      giveBack(thread)
      resolve(given)
    }
    // a thread that died is replaced by whoever wants the next one
    const fail = (error: unknown) => {
      end()
      open -= 1
      replaceLost()
      reject(error)
    }
    const leave = (code: number) => fail(new Error(`a thread of the detectors ended with code ${code}`))
    worker.once('message', answer).once('error', fail).once('exit', leave)
    worker.postMessage(task)
  })
}

function giveBack(thread: Thread): void {
  const next = waiting.shift()
  if (next) {
    next(thread)
    return
  }
  thread.worker.unref()
  free.push(thread)
  thread.idle = setTimeout(() => {
    free.splice(free.indexOf(thread), 1)
    open -= 1
    void thread.worker.terminate()
  }, idleMs).unref()
}

function replaceLost(): void {
  const next = waiting.shift()
  if (!next) return
  void Promise.resolve(takeThread()).then(next)
}

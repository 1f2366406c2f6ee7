import { silentLog } from '../../base/log.ts'
import { utcCalendar } from '../../base/periods.ts'
import type { EngineContext } from '../../engine/context.ts'
import type { CycleSummary } from '../../findings/finding.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { insertCycle, updateCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { claimDelivery, finishDelivery, insertDeliveries } from '../../store/deliveries.ts'
import { insertDigest } from '../../store/digests.ts'
import { finishScan, insertScans } from '../../store/scans.ts'
import type { Journeys } from '../journeys.ts'

export const workspace = 'acme'
export const recipients = ['ann@acme.test', 'bob+news@acme.test'] as const

/** What each journey was called with, in order. */
export interface Calls {
  readonly planned: string[]
  readonly scanned: string[]
  readonly judged: string[]
  readonly mailed: string[]
  readonly asked: string[]
}

export const createCalls = (): Calls => ({ planned: [], scanned: [], judged: [], mailed: [], asked: [] })

export function createContext(database: Database): EngineContext {
  const context: Partial<EngineContext> = {
    workspace,
    database,
    calendar: utcCalendar,
    engine: { fdr: 0.05, budget: { hypotheses: 20_000, seconds: 600 }, shown: 5 },
    teams: [{ name: 'growth', digest: '0 8 * * *', members: recipients, follows: [] }],
    now: () => Date.parse('2026-10-01T09:00:00Z'),
    report: () => undefined,
    log: silentLog,
  }
  return context as EngineContext
}

/**
 * Journeys that write to the store what the engine's do, without a warehouse: `scanCount` scans without verdicts, one digest, a mail that
 * is noted. What queues do with them is then all that a test sees.
 */
export function createStoreJourneys(calls: Calls, scanCount = 3): Journeys {
  return {
    async planCycle({ database }, { asOf = '2026-09-30', trigger, seed = 1 }) {
      const id = `cycle-${asOf}`
      calls.planned.push(id)
      const summary: Partial<CycleSummary> = { id, asOf }
      const cycle = { id, workspace, asOf, trigger, seed, summary: summary as CycleSummary }
      if (!(await insertCycle(database, cycle))) return { cycleId: id }
      await insertScans(
        database,
        id,
        Array.from({ length: scanCount }, (_, at) => createScan(`scan-${at}`)),
      )
      await updateCycle(database, id, { state: 'scanning' })
      return { cycleId: id }
    },
    async runScan({ database }, cycleId, scanId) {
      calls.scanned.push(scanId)
      const cost = { queries: 1, series: 0, warehouseMs: 1, detectMs: 1 }
      return { openScans: await finishScan(database, cycleId, scanId, { verdicts: [], ...cost }) }
    },
    async judgeCycle({ database }, cycleId) {
      calls.judged.push(cycleId)
      await updateCycle(database, cycleId, { state: 'done' })
    },
    async composeDigests({ database }, cycleId, { teams }) {
      const ids = teams.map((team) => `digest-${cycleId}-${team}`)
      for (const [at, id] of ids.entries()) {
        const body = {
          subject: 's',
          html: '',
          text: '',
          images: [],
          findingKeys: [],
          createdAt: '2026-10-01T09:00:00Z',
        }
        await insertDigest(database, { id, workspace, cycleId, team: teams[at] ?? '', ...body })
        await insertDeliveries(database, id, recipients)
      }
      return ids
    },
    async deliverDigest({ database }, digestId, recipient) {
      if (!(await claimDelivery(database, digestId, recipient))) return 'already'
      calls.mailed.push(recipient)
      await finishDelivery(database, digestId, recipient, { state: 'sent' })
      return 'sent'
    },
    async answerQuestion(_, { question }, onProgress) {
      calls.asked.push(question)
      onProgress({ phase: 'plan', done: 0, total: 1, unit: 'phases' })
      return { question, sentence: `you asked: ${question}` }
    },
  }
}

const createScan = (id: string): SharedScan => ({
  id,
  model: 'account',
  time: 'created_at',
  grain: 'day',
  from: '2026-01-01',
  to: '2026-10-01',
  dimensions: [],
  metrics: ['signups'],
  missing: [],
  text: 'from account',
})

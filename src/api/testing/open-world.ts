import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTestDatabase } from '../../../tests/support/test-database.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { silentLog } from '../../base/log.ts'
import { addPeriods } from '../../base/periods.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { composeDigests } from '../../engine/digest/compose-digests.ts'
import { deliverDigest } from '../../engine/digest/deliver-digest.ts'
import { runCycle } from '../../engine/run-cycle.ts'
import { openQueues } from '../../jobs/queue.ts'
import { startWorkers } from '../../jobs/start-workers.ts'
import { openOutbox } from '../../mail/outbox.ts'
import { openWarehouse } from '../../warehouse/open-warehouse.ts'
import type { ApiContext } from '../api-context.ts'

const days = 200
/** The first day after the data: what counts as today. */
const today = '2026-10-01'

const catalogText = `models:
  account:
    table: accounts
    key: id
    label: Account
    synonyms: [customer]
    fields:
      id: { type: number, hidden: true }
      name: { type: text }
      tax_number: { type: text, pii: true }
      source: { type: text, values: { paid: Paid search, organic: Organic }, synonyms: [channel] }
      plan: { type: text, values: { free: Free, pro: Pro } }
      created_at: { type: timestamp, label: Signed up }
    semantics: { kind: account, name: name, created: created_at }
    metrics:
      signups: { measure: count(), time: created_at, good: up, slices: [source, plan], unit: accounts }
    explorations:
      - { title: Signups a month by source, text: "from metric signups by month, source\\nchart line month, signups by source" }
`

/** A small generator (mulberry32), so that the rows are the same each time. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** About 40 accounts a day; paid search brings a third of its usual number in the last 20 days. */
function writeAccounts(): string {
  const random = createRandom(5)
  const lines = ['id,name,tax_number,source,plan,created_at']
  for (let day = 0; day < days; day++) {
    const date = addPeriods(today, day - days, 'day')
    for (const source of ['paid', 'organic']) {
      const usual = source === 'paid' && day >= days - 20 ? 7 : 20
      const count = Math.round(usual + 4 * (random() - 0.5))
      for (let at = 0; at < count; at++) {
        const hour = String(8 + Math.floor(random() * 10)).padStart(2, '0')
        const plan = random() < 0.3 ? 'pro' : 'free'
        lines.push(`${lines.length},Company ${lines.length},T${lines.length},${source},${plan},${date} ${hour}:00:00`)
      }
    }
  }
  return `${lines.join('\n')}\n`
}

/**
 * A workspace as a server has it: a store in a database of its own, a warehouse of csv files with one planted drop, one cycle that found
 * it, its digest in the outbox, queues in the store's Postgres and workers on them.
 */
export async function openWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'hunch-api-'))
  const store = await openTestDatabase()
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'data/accounts.csv'), writeAccounts())
  const warehouse = await openWarehouse('files:./data', { folder })
  const catalog = expectAccepted(parseCatalog([{ name: 'catalog.yaml', text: catalogText }]))
  const queues = await openQueues({ postgresUrl: store.url })
  const now = () => Date.parse(`${today}T09:00:00Z`)
  const outboxFolder = join(folder, 'outbox')
  const context: ApiContext = {
    workspace: 'acme',
    catalog,
    calendar: catalog.calendar,
    warehouse,
    database: store.database,
    engine: { fdr: 0.05, budget: { hypotheses: 1_000, seconds: 60 }, shown: 5 },
    teams: [{ name: 'growth', digest: '0 8 * * *', members: ['ann@acme.test'], follows: [] }],
    mailer: openOutbox(outboxFolder, now),
    mailFrom: 'Hunch <hunch@acme.test>',
    model: undefined,
    webUrl: 'http://localhost:4321',
    now,
    report: () => undefined,
    log: silentLog,
    queues,
    host: '127.0.0.1',
    outboxFolder,
  }
  const { findings, cycle } = await runCycle(context, { trigger: 'test' })
  const [digestId] = await composeDigests(context, cycle.id)
  if (digestId !== undefined) await deliverDigest(context, digestId, 'ann@acme.test')
  const workers = await startWorkers(context, queues)
  return {
    context,
    findings,
    cycleId: cycle.id,
    digestId: digestId ?? '',
    close: async () => {
      await workers.close()
      await queues.close()
      await warehouse.close()
      await store.drop()
      await rm(folder, { recursive: true })
    },
  }
}

export type World = Awaited<ReturnType<typeof openWorld>>

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../tests/support/test-database.ts'
import { findCycleRequest, insertCycleRequest, listOpenCycleRequests, updateCycleRequest } from './cycle-requests.ts'
import { findCycle, findPreviousCycle, insertCycle, listCycles, listUnfinishedCycles, updateCycle } from './cycles.ts'
import type { Database } from './database.ts'
import { findEvidence, listReruns, saveEvidence, saveRerun } from './evidence.ts'
import { insertFeedback, listFeedback, undoFeedback } from './feedback.ts'
import { findFinding, isFindingCursor, listCycleFindings, listFindings, saveFindings } from './findings.ts'
import { findQuestion, insertQuestion, listOpenQuestions, updateQuestion } from './questions.ts'
import {
  countScans,
  failScan,
  findMissing,
  findScan,
  finishScan,
  insertScans,
  listOpenScans,
  reopenFailedScans,
  sumWarehouseMs,
} from './scans.ts'
import { createCycle, createFinding, createScan, createVerdict } from './testing/rows.ts'
import { claimTick, findLastTick } from './ticks.ts'
import { listVerdicts } from './verdicts.ts'

let store: TestDatabase
let database: Database
beforeAll(async () => {
  store = await openTestDatabase()
  database = store.database
})
afterAll(() => store.drop())
beforeEach(() => database.raw('truncate cycles, cycle_requests, questions, ticks, feedback, reruns cascade'))

const cost = { queries: 1, series: 2, warehouseMs: 30.5, detectMs: 4 }

test('a cycle is inserted once, and reads back as it was written, days as days and instants as ISO text', async () => {
  expect(await insertCycle(database, createCycle('c1', '2026-09-30'))).toBe(true)
  expect(await insertCycle(database, { ...createCycle('c1', '2026-09-30'), seed: 8 })).toBe(false)
  expect(await findCycle(database, 'c1')).toEqual({
    ...createCycle('c1', '2026-09-30'),
    state: 'planned',
    dataUntil: {},
    withheld: [],
    error: undefined,
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    finishedAt: undefined,
  })
  expect(await findCycle(database, 'c2')).toBeUndefined()
})

test('a cycle is unfinished until it is done or failed, and again when it is run again', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  await updateCycle(database, 'c1', { state: 'failed', error: 'no', withheld: [{ what: 'signups', why: 'no rows' }] })
  expect(await listUnfinishedCycles(database, 'acme')).toEqual([])
  expect(await findCycle(database, 'c1')).toMatchObject({
    error: 'no',
    withheld: [{ what: 'signups', why: 'no rows' }],
  })
  await updateCycle(database, 'c1', { state: 'scanning' })
  const [cycle] = await listUnfinishedCycles(database, 'acme')
  expect(cycle).toMatchObject({ id: 'c1', state: 'scanning', finishedAt: undefined })
  await updateCycle(database, 'c1', {})
})

test('the previous cycle is the newest finished one of an earlier day, of the same workspace', async () => {
  const days = [
    ['c1', '2026-09-28'],
    ['c2', '2026-09-29'],
    ['c3', '2026-09-30'],
  ] as const
  for (const [id, asOf] of days) await insertCycle(database, createCycle(id, asOf))
  await insertCycle(database, createCycle('other', '2026-09-29', 'other'))
  for (const id of ['c1', 'other', 'c3']) await updateCycle(database, id, { state: 'done' })
  expect((await findPreviousCycle(database, 'acme', '2026-09-30'))?.id).toBe('c1')
  expect(await findPreviousCycle(database, 'acme', '2026-09-28')).toBeUndefined()
  expect((await listCycles(database, 'acme', 2)).map(({ id }) => id)).toEqual(['c3', 'c2'])
})

test('planning again adds no scan twice and loses none that is done', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  await insertScans(database, 'c1', [createScan('b'), createScan('a')])
  await finishScan(database, 'c1', 'b', { verdicts: [], ...cost })
  await insertScans(database, 'c1', [createScan('b'), createScan('a')])
  expect((await listOpenScans(database, 'c1')).map(({ id }) => id)).toEqual(['a'])
  expect(await findScan(database, 'c1', 'b')).toMatchObject({ ...createScan('b'), ...cost, state: 'done' })
  expect(await findScan(database, 'c1', 'x')).toBeUndefined()
})

test('what a cycle missed of a table is found by its time', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  const scan = createScan('a')
  await insertScans(database, 'c1', [{ ...scan, missing: ['2026-09-03'] }, createScan('b')])
  expect(await findMissing(database, 'c1', scan.model, scan.time)).toEqual(['2026-09-03'])
  expect(await findMissing(database, 'c1', scan.model, 'other')).toEqual([])
})

test('a scan that is finished twice keeps one set of verdicts', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  await insertScans(database, 'c1', [createScan('a'), createScan('b')])
  const verdicts = [createVerdict('a', 0), createVerdict('a', 1)]
  expect(await finishScan(database, 'c1', 'a', { verdicts, ...cost })).toBe(1)
  expect(await finishScan(database, 'c1', 'a', { verdicts, ...cost })).toBe(1)
  expect(await listVerdicts(database, 'c1')).toEqual(verdicts)
  expect(await failScan(database, 'c1', 'b', 'it has too many rows')).toBe(0)
  expect(await findScan(database, 'c1', 'b')).toMatchObject({ state: 'failed', reason: 'it has too many rows' })
  expect(await countScans(database, 'c1')).toEqual({ total: 2, ended: 2 })
  expect(await countScans(database, 'c2')).toEqual({ total: 0, ended: 0 })
})

test('scans that failed can be opened again; those that are done stay done', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  await insertScans(database, 'c1', [createScan('a'), createScan('b')])
  expect(await sumWarehouseMs(database, 'c1')).toBe(0)
  await finishScan(database, 'c1', 'a', { verdicts: [], ...cost })
  await failScan(database, 'c1', 'b', 'the warehouse is down')
  expect(await sumWarehouseMs(database, 'c1')).toBe(cost.warehouseMs)
  await reopenFailedScans(database, 'c1')
  expect((await listOpenScans(database, 'c1')).map(({ id }) => id)).toEqual(['b'])
  expect(await findScan(database, 'c1', 'b')).toMatchObject({ state: 'open', reason: undefined })
})

test('of scans that finish at the same moment exactly one is told that none is open', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  const ids = Array.from({ length: 12 }, (_, at) => `s${at}`)
  await insertScans(database, 'c1', ids.map(createScan))
  const open = await Promise.all(ids.map((id) => finishScan(database, 'c1', id, { verdicts: [], ...cost })))
  expect(open.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
})

test('20,000 verdicts are stored within seconds, and listed in the order of the plan', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  await insertScans(database, 'c1', [createScan('z'), createScan('a')])
  const verdicts = Array.from({ length: 10_000 }, (_, at) => createVerdict('z', at))
  const startedAt = performance.now()
  await finishScan(database, 'c1', 'a', { verdicts: verdicts.map((verdict) => ({ ...verdict, scan: 'a' })), ...cost })
  await finishScan(database, 'c1', 'z', { verdicts, ...cost })
  // 0.6 s on an idle machine of two cores; the limit leaves room for a busy one.
  expect(performance.now() - startedAt).toBeLessThan(6_000)
  const stored = await listVerdicts(database, 'c1')
  expect(stored).toHaveLength(20_000)
  expect(stored.slice(0, 10_000)).toEqual(verdicts)
})

test('text of every kind is kept: quotes, backslashes, letters of all scripts; the NUL that Postgres cannot hold is left out', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  await insertScans(database, 'c1', [{ ...createScan('a'), text: 'it\'s "õ" \\ \\u0000 ? 😀\u0000.' }])
  expect((await findScan(database, 'c1', 'a'))?.text).toBe('it\'s "õ" \\ \\u0000 ? 😀.')
})

test('findings are replaced as a whole, and listed by rank', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  await saveFindings(database, 'acme', 'c1', [createFinding('old', 'c1', 1)])
  await saveFindings(database, 'acme', 'c1', [createFinding('b', 'c1', 2), createFinding('a', 'c1', 1)])
  expect((await listCycleFindings(database, 'c1')).map(({ key }) => key)).toEqual(['a', 'b'])
})

test('the inbox shows each finding as its newest cycle saw it, page by page, newest cycle first', async () => {
  for (const [id, asOf] of [
    ['c1', '2026-09-29'],
    ['c2', '2026-09-30'],
  ] as const)
    await insertCycle(database, createCycle(id, asOf))
  await saveFindings(
    database,
    'acme',
    'c1',
    ['a', 'b', 'c'].map((key, at) => createFinding(key, 'c1', at + 1)),
  )
  await saveFindings(database, 'acme', 'c2', [
    createFinding('c', 'c2', 1, { state: 'ongoing' }),
    createFinding('d', 'c2', 2, { metric: 'activation' }),
  ])
  const first = await listFindings(database, 'acme', { limit: 3 })
  expect(first.findings.map(({ key, cycleId }) => `${key} ${cycleId}`)).toEqual(['c c2', 'd c2', 'a c1'])
  const second = await listFindings(database, 'acme', { limit: 3, cursor: first.cursor })
  expect(second).toMatchObject({ findings: [{ key: 'b' }], cursor: undefined })
  const ongoing = await listFindings(database, 'acme', { limit: 9, state: 'ongoing' })
  expect(ongoing.findings.map(({ key }) => key)).toEqual(['c'])
  const activation = await listFindings(database, 'acme', { limit: 9, metric: 'activation' })
  expect(activation.findings.map(({ key }) => key)).toEqual(['d'])
  expect((await listFindings(database, 'acme', { limit: 9, cursor: 'nonsense' })).findings).toHaveLength(4)
  expect(isFindingCursor(first.cursor ?? '')).toBe(true)
  for (const place of [
    ['30 Sep 2026', '2026-10-01T08:00:00.000Z', 1, 'a'],
    ['2026-02-31', '2026-10-01T08:00:00.000Z', 1, 'a'],
    ['2026-09-30', '1', 1, 'a'],
    ['2026-09-30', '2026-10-01T08:00:00.000Z', 1e15, 'a'],
    ['2026-09-30', '2026-10-01T08:00:00.000Z', 1, '\u0000'],
  ]) {
    const cursor = Buffer.from(JSON.stringify(place)).toString('base64url')
    expect(isFindingCursor(cursor), String(place)).toBe(false)
    expect((await listFindings(database, 'acme', { limit: 9, cursor })).findings).toHaveLength(4)
  }
  expect((await listFindings(database, 'other', { limit: 9 })).findings).toEqual([])
  expect((await findFinding(database, 'acme', 'c'))?.state).toBe('ongoing')
  expect(await findFinding(database, 'other', 'c')).toBeUndefined()
})

test('evidence is kept per cycle, the newest unless one is named; reruns are listed newest first', async () => {
  const numbers = createVerdict('a', 0)
  if (numbers.status !== 'tested') throw new Error('it is tested')
  const evidence = (cycleId: string, gatheredAt: string) => ({
    findingKey: 'a',
    cycleId,
    asOf: '2026-09-30',
    gatheredAt,
    steps: [],
    test: {
      detector: 'level_shift',
      question: 'Did it change level?',
      method: 'm',
      options: {},
      numbers: numbers.numbers,
      qValue: 0.01,
      tested: 10,
      heldUp: 1,
    },
    series: [{ at: '2026-09-30', value: 1, expected: null, low: null, high: null }],
  })
  for (const id of ['c1', 'c2']) await insertCycle(database, createCycle(id, '2026-09-30'))
  await saveEvidence(database, evidence('c1', '2026-10-01T08:00:00.000Z'))
  await saveEvidence(database, evidence('c2', '2026-10-02T08:00:00.000Z'))
  expect(await findEvidence(database, 'acme', 'a')).toEqual(evidence('c2', '2026-10-02T08:00:00.000Z'))
  expect((await findEvidence(database, 'acme', 'a', 'c1'))?.cycleId).toBe('c1')
  expect(await findEvidence(database, 'other', 'a')).toBeUndefined()
  const rerun = { holds: true, before: numbers.numbers, after: null, difference: '' }
  for (const ranAt of ['2026-10-01T08:00:00.000Z', '2026-10-02T08:00:00.000Z'])
    await saveRerun(database, 'acme', 'a', { ...rerun, ranAt })
  expect((await listReruns(database, 'acme', 'a')).map(({ ranAt }) => ranAt.slice(0, 10))).toEqual([
    '2026-10-02',
    '2026-10-01',
  ])
})

test('a question goes from queued to done; its answer and its progress are kept as they are', async () => {
  const question = { id: 'q1', workspace: 'acme', question: 'how many?', askedBy: 'ann', context: 'from account' }
  expect(await insertQuestion(database, question)).toMatchObject({ ...question, state: 'queued' })
  await updateQuestion(database, 'q1', { state: 'failed', error: 'no' })
  expect(await listOpenQuestions(database, 'acme')).toEqual([])
  await updateQuestion(database, 'q1', { state: 'running' })
  await updateQuestion(database, 'q1', { progress: { phase: 'plan', done: 1 } })
  expect(await listOpenQuestions(database, 'acme')).toMatchObject([{ id: 'q1', state: 'running', error: undefined }])
  await updateQuestion(database, 'q1', { state: 'done', answer: { rows: [[4, null]] } })
  expect(await findQuestion(database, 'q1')).toMatchObject({
    answer: { rows: [[4, null]] },
    progress: { phase: 'plan', done: 1 },
  })
})

test('a known idempotency key gives the question that used it, within one workspace', async () => {
  const question = { id: 'q1', workspace: 'acme', question: 'how many?', idempotencyKey: 'k' }
  await insertQuestion(database, question)
  expect((await insertQuestion(database, { ...question, id: 'q2' })).id).toBe('q1')
  expect((await insertQuestion(database, { ...question, id: 'q3', workspace: 'other' })).id).toBe('q3')
})

test('feedback is listed newest first until it is taken back, once, by its own workspace', async () => {
  const first = await insertFeedback(database, { workspace: 'acme', findingKey: 'a', label: 'useful', by: 'ann' })
  await insertFeedback(database, { workspace: 'acme', findingKey: 'b', label: 'muted', by: 'bob', note: 'noise' })
  expect((await listFeedback(database, 'acme')).map(({ label, by, note }) => [label, by, note])).toEqual([
    ['muted', 'bob', 'noise'],
    ['useful', 'ann', undefined],
  ])
  expect(await undoFeedback(database, 'other', first.id)).toBe(false)
  expect(await undoFeedback(database, 'acme', first.id)).toBe(true)
  expect(await undoFeedback(database, 'acme', first.id)).toBe(false)
  expect(await listFeedback(database, 'acme')).toHaveLength(1)
})

test('a tick is claimed by one of many replicas, and the last one is remembered', async () => {
  const at = new Date('2026-10-01T05:00:00Z')
  expect(await findLastTick(database, 'acme', '0 8 * * *')).toBeUndefined()
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimTick(database, 'acme', '0 8 * * *', at)))
  expect(claims.filter(Boolean)).toHaveLength(1)
  await claimTick(database, 'acme', '0 8 * * *', new Date('2026-09-30T05:00:00Z'))
  expect(await findLastTick(database, 'acme', '0 8 * * *')).toEqual(at)
  expect(await claimTick(database, 'other', '0 8 * * *', at)).toBe(true)
})

test('a request for a cycle is open until it is done', async () => {
  await insertCycle(database, createCycle('c1', '2026-09-30'))
  const request = { id: 'r1', workspace: 'acme', trigger: 'api', asOf: '2026-09-30', teams: ['growth'] }
  expect(await insertCycleRequest(database, request)).toBe(true)
  expect(await insertCycleRequest(database, request)).toBe(false)
  expect(await findCycleRequest(database, 'r1')).toMatchObject({ ...request, state: 'waiting' })
  await updateCycleRequest(database, 'r1', { state: 'planned', cycleId: 'c1' })
  expect(await listOpenCycleRequests(database, 'acme')).toMatchObject([{ id: 'r1', cycleId: 'c1' }])
  await updateCycleRequest(database, 'r1', { state: 'done' })
  expect(await listOpenCycleRequests(database, 'acme')).toEqual([])
})

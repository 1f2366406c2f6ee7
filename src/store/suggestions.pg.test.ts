import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../tests/support/test-database.ts'
import { insertCycle, updateCycle } from './cycles.ts'
import { listExplorations, replaceExploration } from './explorations.ts'
import { saveFindings } from './findings.ts'
import { findSuggestionRound, listSuggestions, saveSuggestionRound } from './suggestions.ts'
import { createCycle, createFinding } from './testing/rows.ts'

let store: TestDatabase
beforeAll(async () => {
  store = await openTestDatabase()
})
afterAll(() => store.drop())

const round = {
  model: 'm',
  suggested: 3,
  refused: ['no'],
  known: 0,
  surplus: 0,
  promptTokens: 9,
  completionTokens: 2,
  ms: 5,
}
const two = [
  { key: 'b', exploration: 'from b' },
  { key: 'a', exploration: 'from a' },
]
const acme = (asOf: string) => ({ workspace: 'acme', asOf })

async function pass(id: string, asOf: string, told: readonly string[], state?: 'recovered'): Promise<void> {
  const { database } = store
  await insertCycle(database, createCycle(id, asOf))
  const findings = told.map((key, at) =>
    createFinding(`${id}-${key}`, id, at + 1, { metric: `suggested-${key}`, ...(state && { state }) }),
  )
  await saveFindings(database, 'acme', id, findings)
  await updateCycle(database, id, { state: 'done' })
}

test('a day has one round: the first that is kept', async () => {
  const { database } = store
  expect(await findSuggestionRound(database, 'acme', '2026-09-01')).toBeUndefined()
  await saveSuggestionRound(database, acme('2026-09-01'), round, two)
  await saveSuggestionRound(database, acme('2026-09-01'), { ...round, model: 'other' }, [
    { key: 'c', exploration: 'from c' },
  ])
  expect(await findSuggestionRound(database, 'acme', '2026-09-01')).toEqual(round)
  const known = await listSuggestions(database, 'acme', { asOf: '2026-09-01', since: '2026-06-01' })
  expect(known).toEqual([
    { key: 'b', suggestedOn: '2026-09-01', exploration: 'from b', toldOn: undefined, cycles: 0 },
    { key: 'a', suggestedOn: '2026-09-01', exploration: 'from a', toldOn: undefined, cycles: 0 },
  ])
  expect(await listSuggestions(database, 'other', { asOf: '2026-09-01', since: '2026-06-01' })).toEqual([])
})

test('days that asked a suggestion are counted since it was suggested or told; a past day knows nothing of later ones', async () => {
  const { database } = store
  await pass('c1', '2026-09-01', [])
  await pass('c1-again', '2026-09-01', [])
  await pass('c2', '2026-09-02', ['a'])
  await pass('c3', '2026-09-03', ['a'], 'recovered')
  const of = async (asOf: string, since = '2026-06-01') =>
    (await listSuggestions(database, 'acme', { asOf, since })).map(({ key, cycles, toldOn }) => [key, cycles, toldOn])
  expect(await of('2026-08-31')).toEqual([])
  expect(await of('2026-09-02')).toEqual([
    ['b', 1, undefined],
    ['a', 1, undefined],
  ])
  expect(await of('2026-09-04')).toEqual([
    ['b', 3, undefined],
    ['a', 2, '2026-09-02'],
  ])
  expect(await of('2026-09-04', '2026-09-02')).toEqual([['a', 2, '2026-09-02']])
  // suggested anew: its time begins again
  await saveSuggestionRound(database, acme('2026-09-04'), round, [two[0]!])
  expect(await of('2026-09-04')).toEqual([
    ['b', 0, undefined],
    ['a', 2, '2026-09-02'],
  ])
})

test('they are migrated with all other explorations', async () => {
  const { database } = store
  const [first] = await listExplorations(database, 'acme')
  expect(first).toEqual({ place: { table: 'suggestions', suggestedOn: '2026-09-01', key: 'a' }, text: 'from a' })
  await replaceExploration(database, 'acme', { ...first!, text: 'from z' })
  expect((await listExplorations(database, 'acme'))[0]?.text).toBe('from z')
})

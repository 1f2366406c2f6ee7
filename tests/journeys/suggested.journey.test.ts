import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openApp } from '../../src/app.ts'
import type { Log } from '../../src/base/log.ts'
import { addPeriods } from '../../src/base/periods.ts'
import { cycle as command } from '../../src/cli/commands/cycle.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { draftCycle } from '../../src/engine/plan/plan-cycle.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import { suggestionCycles } from '../../src/hypotheses/limits.ts'
import { type RecordedReply, startModelServer } from '../../src/llm/testing/model-server.ts'
import { openTestDatabase } from '../support/test-database.ts'
import { makeRegionalCompany } from './regional-company.ts'

const apiKey = 'sk-very-secret-1234'

/** A workspace with an empty store, whose model replies as recorded. What is logged never holds the key. */
async function open(replies: readonly RecordedReply[], hypotheses: Readonly<Record<string, string>> = {}) {
  const [server, store] = [await startModelServer(replies), await openTestDatabase({ isEmpty: true })]
  const llm = `llm: { baseURL: "${server.baseURL}", apiKey: ${apiKey}, model: small, timeoutMs: 300, roles: { suggest: clever } }\n`
  const { folder, asOf } = makeRegionalCompany(store.url, llm)
  mkdirSync(join(folder, 'hypotheses'))
  for (const [name, text] of Object.entries(hypotheses)) writeFileSync(join(folder, 'hypotheses', name), text)
  const logged: string[] = []
  const write: Log['info'] = (fields, message) => logged.push(JSON.stringify({ ...fields, message }))
  const log = { debug: write, info: write, warn: write, error: write }
  const configFile = join(folder, 'hunch.yaml')
  const app = await openApp({ configFile, log })
  onTestFinished(async () => {
    await app.close()
    await server.close()
    await store.drop()
    rmSync(folder, { recursive: true })
    expect(logged.join('\n')).not.toContain(apiKey)
  })
  return { app, server, logged, asOf, configFile }
}

/** Of accounts by the day, in a part that no template asks about unless `where` says so. */
const ask = (where: string, detector = 'level_shift') =>
  `from account\nwhere ${where} and created_at in last 200 days\ngroup by day(created_at): n = count()\nfill day with 0\ntest ${detector} n over day`

const north = ask('region = "north"')
const byTemplate =
  'from metric signups by week where source = "ads" and created_at in last 40 weeks\nfill week with 0\ntest level_shift signups over week'
const ofSuggestions = ({ what }: { readonly what: string }) => what.startsWith('suggestions')

test('a suggested hypothesis is checked, asked, told as suggested, and the day is the same again', async () => {
  const untested = 'from account\ngroup by day(created_at): n = count()'
  const first = [`# Obey me\n${north}`, byTemplate, untested, ask('name = "Person 1"')].join('\n---\n')
  const { app, server, logged, asOf } = await open([first, ask('region = "south" and score > 60')])
  const { findings, withheld } = await runCycle(app, { asOf })
  expect(server.requests.map(({ model }) => model)).toEqual(['clever', 'clever'])
  expect(server.requests[1]!.messages.at(-1)?.content).toContain('a hypothesis ends in a test')

  const told = findings.filter(({ origin }) => origin === 'suggested')
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({ kind: 'level_shift', direction: 'down', model: 'account', good: false })
  // the words are made from the steps, not from what the model wrote above them
  expect(told[0]!.headline).toMatch(/^Suggested: Signups where region = "north" fell \d\d%: [\d.]+ accounts a day/)
  expect(await rerunFinding(app, told[0]!.key)).toMatchObject({ holds: true })
  expect(withheld.filter(ofSuggestions).map(({ why }) => why)).toEqual([
    'are fewer by 1 of 4: it names what is hidden or personal',
  ])
  const round = logged.find((line) => line.includes('the language model suggested hypotheses'))
  expect(JSON.parse(round!)).toMatchObject({ taken: 2, suggested: 4, known: 1, promptTokens: 200 })

  const again = await runCycle(app, { asOf })
  expect(server.requests).toHaveLength(2)
  const bare = (all: typeof findings, id: string) => JSON.stringify(all).replaceAll(id, '')
  expect(bare(again.findings, again.cycle.id)).toBe(bare(findings, findings[0]!.cycleId))
  expect(again.withheld).toEqual(withheld)
})

test('what is asked already is not taken: by the team, by templates, by an earlier suggestion', async () => {
  const reply = ['plan = "free" and region = "south"', 'region = "north"', 'source = "ads" and plan = "free"'].map(
    (one) => ask(one),
  )
  const { app, server, logged, asOf } = await open([reply.join('\n\n'), `\`\`\`\n${reply.join('\n---\n')}\n\`\`\``], {
    'free-south.hunch': ask('region = "south" and plan = "free"'),
  })
  const day = addPeriods(asOf, -1, 'day')
  const before = await runCycle(app, { asOf: day })
  expect(before.findings.map(({ origin }) => origin)).toContain('suggested')
  await runCycle(app, { asOf })
  const rounds = logged.filter((line) => line.includes('suggested hypotheses')).map((line) => JSON.parse(line))
  expect(rounds).toMatchObject([
    { asOf: day, taken: 1, known: 2, refused: [] },
    { asOf, taken: 0, known: 3, refused: [] },
  ])
  // what it is told: how metrics stand, what was found and what is asked, nothing that is hidden or personal
  const [, prompt] = server.requests.map(({ messages }) => messages.map(({ content }) => content).join('\n'))
  expect(prompt).toContain('signups of account = count(), by day: level_shift ')
  expect(prompt).toMatch(
    /Suggested: Signups where region = "north": level_shift down −\d\d% since 2026-09-\d\d, .* \(new\)/,
  )
  expect(prompt).toContain('where region = "south" and plan = "free" and created_at in last 200 days')
  expect(prompt).not.toMatch(/\bname text|Person \d|\bid\b number|accounts\.csv/)
})

test('a suggestion is asked for some cycles more, longer where it was told', async () => {
  const none = Array.from({ length: suggestionCycles }, () => 'none')
  const { app, server, asOf, configFile } = await open([
    [north, ask('score > 60 and plan = "pro"')].join('\n---\n'),
    ...none,
  ])
  const counts: number[] = []
  for (let ago = suggestionCycles; ago >= 0; ago--) {
    const { cycle, findings } = await runCycle(app, { asOf: addPeriods(asOf, -ago, 'day') })
    const plan = await draftCycle(app, addPeriods(asOf, -ago, 'day'))
    expect(plan.suggestions?.wanted).toBe(0)
    counts.push(plan.hypotheses.suggested ?? 0)
    expect(findings.filter(({ origin }) => origin === 'suggested').map(({ metric }) => metric)).toHaveLength(1)
    expect(cycle.tested).toBeGreaterThan(0)
  }
  expect(counts).toEqual([...Array.from({ length: suggestionCycles }, () => 2), 1])
  const asked = server.requests.length
  // a plan that is only looked at does not ask the model
  const next = await draftCycle(app, addPeriods(asOf, 1, 'day'))
  expect(next).toMatchObject({ suggestions: { known: 1, wanted: 4 }, hypotheses: { suggested: 5 } })
  const lines: string[] = []
  const streams = { out: (text: string) => lines.push(text), err: () => undefined, isTerminal: false }
  const options = { dryRun: true, asOf: addPeriods(asOf, 1, 'day') }
  const { signal } = new AbortController()
  await command.run({ arguments: [], options, configFile, format: 'text', signal }, streams)
  expect(lines.join('\n')).toMatch(
    /^Suggested hypotheses: 1 known, at most 4 more that the language model is asked for/m,
  )
  expect(server.requests).toHaveLength(asked)
})

test.each<[string, RecordedReply, RegExp]>([
  [
    'writes rubbish',
    'As a model I love data! SELECT * FROM accounts;',
    /^are missing: its reply holds no exploration$/,
  ],
  ['writes what compiles to nothing', 'from nowhere\ntest x', /^are fewer by 1 of 1: /],
  ['fails', { status: 400 }, /^are missing: the language model at http:\/\/127\.0\.0\.1:\d+\/v1 answered 400$/],
  ['does not answer', 'hang', /^are missing: the language model at .* did not answer within 3000 ms$/],
])('a cycle goes on where the model %s, and says so', async (_, reply, why) => {
  const { app, asOf } = await open([reply, reply])
  const { cycle, withheld } = await runCycle(app, { asOf })
  expect(cycle.tested).toBeGreaterThan(100)
  expect(withheld.filter(ofSuggestions)).toEqual([
    { what: 'suggestions of the language model', why: expect.stringMatching(why) },
  ])
})

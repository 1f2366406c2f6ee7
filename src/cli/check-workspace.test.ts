import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { renderDiagnostic } from '../base/code-frame.ts'
import { type CheckResult, checkWorkspace } from './check-workspace.ts'

type Files = Readonly<Record<string, string>>

/** Checks a workspace of these files. What is found has paths relative to its folder. */
async function check(changes: Files, files: readonly string[] = [], isOnline = true) {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-check-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, text] of Object.entries({ ...workspace, ...changes })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const result: CheckResult = await checkWorkspace({
    configFile: join(folder, 'hunch.yaml'),
    files: files.map((file) => join(folder, file)),
    isOnline,
    now: () => Date.parse('2026-03-01T12:00:00Z'),
  })
  const relative = (text: string) => text.replaceAll(`${folder}/`, '')
  return {
    result,
    messages: result.diagnostics.map(({ message }) => relative(message)),
    shown: result.diagnostics.map((one) => relative(renderDiagnostic(one))).join('\n\n'),
  }
}

const workspace: Files = {
  'hunch.yaml': `workspace: acme
warehouse: files:./data
teams: { growth: { digest: "0 8 * * mon", follows: [signups] } }
`,
  'catalog/account.yaml': `models:
  account:
    table: accounts
    key: id
    fields:
      id: { type: number }
      plan: { type: text }
      created_at: { type: timestamp }
    metrics:
      signups: { measure: count(), time: created_at, slices: [plan] }
`,
  'data/accounts.csv': 'id,plan,created_at\n1,pro,2026-01-01 10:00:00\n2,free,2026-01-02 10:00:00\n',
}

test('a workspace without mistakes is counted', async () => {
  const { result } = await check({ 'pro.hunch': 'from account\nwhere plan = "pro"\n' }, ['pro.hunch'])
  expect(result).toEqual({ diagnostics: [], models: 1, metrics: 1, explorations: 0, files: 1 })
})

test('mistakes are told also where the warehouse cannot be reached', async () => {
  const { result, messages } = await check({
    'hunch.yaml': `${workspace['hunch.yaml']?.replace('[signups]', '[signup]')}`.replace('./data', './gone'),
  })
  expect(messages).toEqual(['team `growth` follows `signup`, which is no metric of the catalog'])
  expect(result.failure).toMatchObject({ code: 'warehouse-not-found' })
})

test('mistakes in config, measures, explorations and files are told together, each in its file', async () => {
  const { shown } = await check(
    {
      'hunch.yaml': workspace['hunch.yaml']?.replace('[signups]', '[signup]') ?? '',
      'catalog/account.yaml': `${workspace['catalog/account.yaml']}      actives: { measure: count(where pln = "pro"), time: created_at }
    explorations:
      - title: By plan
        text: |-
          from account
          group by plann: n = count()
`,
      'broken.hunch': 'from account\nwhere plan == \n',
    },
    ['broken.hunch'],
  )
  expect(shown).toMatchInlineSnapshot(`
    "hunch.yaml:3:53: error: team \`growth\` follows \`signup\`, which is no metric of the catalog [unknown-metric]
    3 | teams: { growth: { digest: "0 8 * * mon", follows: [signup] } }
      |                                                     ^^^^^^
    Metrics are \`signups\`, \`actives\`.
    Did you mean \`signups\`?

    catalog/account.yaml:11:39: error: an account has no \`pln\` [unknown-name]
    11 |       actives: { measure: count(where pln = "pro"), time: created_at }
       |                                       ^^^
    There is \`id\`, \`plan\`, \`created_at\`.
    Did you mean \`plan\`?

    catalog/account.yaml:16:20: error: an account has no \`plann\` [unknown-name]
    16 |           group by plann: n = count()
       |                    ^^^^^
    There is \`id\`, \`plan\`, \`created_at\`.
    Did you mean \`plan\`?

    broken.hunch:2:13: error: expected a column, a value or a function, found the end of the step [syntax]
    2 | where plan = 
      |             ^"
  `)
})

test('a column and a table that are not in the warehouse are marked in the catalog', async () => {
  const { shown } = await check({
    'catalog/account.yaml': `models:
  account:
    table: accounts
    key: id
    fields: { id: { type: number }, plan_name: { type: text }, created_at: { type: timestamp } }
  user:
    table: user
    key: id
    fields: { id: { type: number } }
    metrics: {}
`,
    'hunch.yaml': 'workspace: acme\nwarehouse: files:./data\n',
    'data/users.csv': 'id\n1\n',
  })
  expect(shown.replace(/files:\S+data/, 'files:data')).toMatchInlineSnapshot(`
    "catalog/account.yaml:5:37: error: field \`plan_name\` of model \`account\` is column \`plan_name\`, which is not in table \`accounts\` [unknown-column]
    5 |     fields: { id: { type: number }, plan_name: { type: text }, created_at: { type: timestamp } }
      |                                     ^^^^^^^^^
    Name a column of table \`accounts\`; \`column\` may differ from the field's own name.
    Did you mean \`plan\`?

    catalog/account.yaml:7:12: error: model \`user\` reads the table \`user\`, which is not in \`files:data\` [unknown-table]
    7 |     table: user
      |            ^^^^
    Name a table or view of the warehouse, with its schema where it needs one.
    Did you mean \`users\`?"
  `)
})

test('a table without rows is a warning', async () => {
  const { result, messages } = await check({ 'data/accounts.csv': 'id,plan,created_at\n' })
  expect(messages).toEqual(['table `accounts` of model `account` has no rows'])
  expect(result.diagnostics[0]?.severity).toBe('warning')
})

test('a csv with a broken line names the file and the line', async () => {
  const text = `${workspace['data/accounts.csv']}3,"pro,2026-01-03 10:00:00\n`
  await expect(check({ 'data/accounts.csv': text })).rejects.toThrow(/accounts\.csv/)
})

test('an unreachable warehouse is a failure that says which', async () => {
  const why = async (warehouse: string) =>
    (await check({ 'hunch.yaml': `workspace: acme\nwarehouse: ${warehouse}\n` })).result.failure?.message
  expect(await why('postgres://ann:hemlig@127.0.0.1:9/acme')).toMatch(/^(?!.*hemlig).*127\.0\.0\.1/)
  expect(await why('files:./nowhere')).toMatch(/nowhere/)
})

test('offline, the warehouse is not opened', async () => {
  const { result } = await check({ 'hunch.yaml': 'workspace: acme\nwarehouse: files:./nowhere\n' }, [], false)
  expect(result.diagnostics).toEqual([])
})

test('a folder among the hypotheses is told, and does not stop the others', async () => {
  const { messages } = await check({ 'hypotheses/old.hunch/a.txt': 'x', 'hypotheses/plain.hunch': 'from account' })
  expect(messages).toEqual(['`hypotheses/old.hunch` cannot be read: it is a folder', 'a hypothesis ends in a test'])
})

test('files that are missing or hold something else are told', async () => {
  const { messages } = await check({ 'notes.txt': 'x' }, ['notes.txt', 'gone.hunch'])
  expect(messages).toEqual(['`notes.txt` is no `*.hunch` file', '`gone.hunch` cannot be read: there is no such file'])
})

test('a broken config or catalog is told before anything else is looked at', async () => {
  expect((await check({ 'hunch.yaml': 'workspace: acme\n' })).messages).toEqual(['the file has no `warehouse`'])
  expect((await check({ 'catalog/account.yaml': 'models: {}\n' })).messages).toEqual(['the catalog has no models'])
})

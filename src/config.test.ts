import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { renderDiagnostic } from './base/code-frame.ts'
import { type Config, type Environment, parseConfig, readConfig } from './config.ts'

const parse = (text: string, environment: Environment = {}) =>
  parseConfig({ name: '/acme/hunch.yaml', text }, environment)

function accepted(text: string, environment: Environment = {}): Config {
  const outcome = parse(text, environment)
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(renderDiagnostic).join('\n'))
  return outcome.value.config
}

const mistakes = (text: string, environment: Environment = {}): string =>
  parse(text, environment).diagnostics.map(renderDiagnostic).join('\n\n')

const minimal = 'workspace: acme\nwarehouse: duckdb:./data/acme.duckdb\n'

test('a config of two lines gets documented defaults, and folders beside the file', () => {
  expect(accepted(minimal)).toEqual({
    file: '/acme/hunch.yaml',
    folder: '/acme',
    workspace: 'acme',
    timezone: 'UTC',
    warehouse: 'duckdb:./data/acme.duckdb',
    catalogFolder: '/acme/catalog',
    hypothesesFolder: '/acme/hypotheses',
    stateFolder: '/acme/.hunch',
    store: undefined,
    queue: undefined,
    mail: { smtp: undefined, from: 'Hunch <hunch@localhost>', outboxFolder: '/acme/.hunch/outbox' },
    web: { url: 'http://localhost:4321' },
    engine: { fdr: 0.05, budget: { hypotheses: 20_000, seconds: 600 }, shown: 5 },
    llm: undefined,
    teams: [],
  })
})

test('every key of the contract is read', () => {
  const config = accepted(
    `workspace: acme
timezone: Europe/Tallinn
warehouse: files:./data
catalog: ../shared/catalog
store: \${DATABASE_URL}
queue: "\${REDIS_URL}"
mail: { smtp: "\${SMTP_URL}", from: "Hunch <hunch@acme.test>" }
web: { url: http://localhost:4321/ }
engine: { fdr: 0.1, budget: { hypotheses: 100, seconds: 60, bytes: 50e9 }, shown: 3 }
llm: { baseURL: "https://llm.test/v1", apiKey: "\${LLM_API_KEY}", model: small, timeoutMs: "\${LLM_TIMEOUT_MS}", seed: 7, roles: { repair: tiny } }
teams:
  growth: { digest: "0 8 * * mon-fri", members: [ann@acme.test], follows: [signups, activation] }
`,
    {
      DATABASE_URL: 'postgres://hunch:pw@db/hunch',
      REDIS_URL: 'redis://:pw@queue:6379',
      SMTP_URL: 'smtp://user:pw@mail:587',
      LLM_API_KEY: '12345',
      LLM_TIMEOUT_MS: '2500',
    },
  )
  expect(config.store).toBe('postgres://hunch:pw@db/hunch')
  expect(config.catalogFolder).toBe('/shared/catalog')
  expect(config.web.url).toBe('http://localhost:4321')
  expect(config.engine.budget).toEqual({ hypotheses: 100, seconds: 60, bytes: 5e10 })
  expect(config.llm).toEqual({
    baseURL: 'https://llm.test/v1',
    apiKey: '12345',
    model: 'small',
    timeoutMs: 2500,
    seed: 7,
    roles: { repair: 'tiny' },
  })
  expect(config.teams).toEqual([
    { name: 'growth', digest: '0 8 * * mon-fri', members: ['ann@acme.test'], follows: ['signups', 'activation'] },
  ])
})

test('all mistakes are reported at once, each with its line', () => {
  expect(
    mistakes(`workspace: Acme Inc
timezone: Europe/Talinn
warehouze: duckdb:./x
engine: { fdr: "5%", budget: { secnds: 3 } }
teams:
  growth: { digest: "0 25 * * mon-fri", members: [ann], follows: signups }
`),
  ).toMatchInlineSnapshot(`
    "/acme/hunch.yaml: error: the file has no \`warehouse\` [missing-key]
    Add \`warehouse: …\`: address of the warehouse: \`duckdb:<file>\`, \`files:<folder of csv or parquet>\`, \`postgres://…\`, \`mysql://…\`, \`mariadb://…\`, \`clickhouse://…\`; \`snowflake://…\` and \`bigquery://…\` are not run against a live warehouse.

    /acme/hunch.yaml:1:12: error: \`workspace\` is not a plain name [wrong-value]
    1 | workspace: Acme Inc
      |            ^^^^^^^^
    Use up to 63 small letters, digits, \`-\` and \`_\`, as \`acme\`.

    /acme/hunch.yaml:2:11: error: \`timezone\` is not a known time zone [wrong-value]
    2 | timezone: Europe/Talinn
      |           ^^^^^^^^^^^^^
    Write an IANA name, as \`Europe/Tallinn\` or \`UTC\`.
    Did you mean \`Europe/Tallinn\` or \`Europe/Athens\` or \`Europe/Berlin\`?

    /acme/hunch.yaml:3:1: error: the file has an unknown key \`warehouze\` [unknown-key]
    3 | warehouze: duckdb:./x
      | ^^^^^^^^^
    Known here: \`workspace\`, \`timezone\`, \`warehouse\`, \`catalog\`, \`store\`, \`queue\`, \`mail\`, \`web\`, \`engine\`, \`llm\`, \`teams\`.
    Did you mean \`warehouse\`?

    /acme/hunch.yaml:4:16: error: \`engine.fdr\` is text, not a number [wrong-type]
    4 | engine: { fdr: "5%", budget: { secnds: 3 } }
      |                ^^^^
    Write a number there.

    /acme/hunch.yaml:4:32: error: \`engine.budget\` has an unknown key \`secnds\` [unknown-key]
    4 | engine: { fdr: "5%", budget: { secnds: 3 } }
      |                                ^^^^^^
    Known here: \`hypotheses\`, \`seconds\`, \`bytes\`.
    Did you mean \`seconds\`?

    /acme/hunch.yaml:6:21: error: \`teams.growth.digest\` is not a schedule [wrong-value]
    6 |   growth: { digest: "0 25 * * mon-fri", members: [ann], follows: signups }
      |                     ^^^^^^^^^^^^^^^^^^
    Write minute, hour, day, month and weekday, as \`0 8 * * mon-fri\`.

    /acme/hunch.yaml:6:51: error: \`teams.growth.members[0]\` is not a mail address [wrong-value]
    6 |   growth: { digest: "0 25 * * mon-fri", members: [ann], follows: signups }
      |                                                   ^^^
    Write it as \`ann@example.com\`.

    /acme/hunch.yaml:6:66: error: \`teams.growth.follows\` is text, not a list [wrong-type]
    6 |   growth: { digest: "0 25 * * mon-fri", members: [ann], follows: signups }
      |                                                                  ^^^^^^^
    Write a list there."
  `)
})

test('a name that the environment lacks is a mistake on its line, and is said once', () => {
  expect(mistakes(`${minimal}store: \${DATABASE_URL}\n`, { DATABASE_URI: 'x' })).toMatchInlineSnapshot(`
    "/acme/hunch.yaml:3:8: error: the environment has no \`DATABASE_URL\` [missing-environment]
    3 | store: \${DATABASE_URL}
      |        ^^^^^^^^^^^^^^^
    Set \`DATABASE_URL\` before starting, or remove the line to use the default.
    Did you mean \`DATABASE_URI\`?"
  `)
})

test('an empty environment variable is as good as none', () => {
  expect(mistakes(`${minimal}queue: \${REDIS_URL}\n`, { REDIS_URL: '' })).toContain(
    'the environment has no `REDIS_URL`',
  )
})

test('neither values of the environment nor passwords in the file are shown', () => {
  const shown = mistakes(
    `workspace: acme
warehouse: postgre://ann:hemlig@db/acme?sslkey=hemlig
store: "\${DATABASE_URL}"
llm: { baseURL: ftp://x, apiKey: "hemlig", model: m }
`,
    { DATABASE_URL: 'mysql://hemlig' },
  )
  expect(shown).toContain('`store` is not the address of a Postgres')
  expect(shown).toContain(`\${DATABASE_URL}`)
  expect(shown).not.toContain('hemlig')
})

test('a broken line is located', () => {
  expect(mistakes('workspace: acme\n\twarehouse: x\n')).toMatchInlineSnapshot(`
    "/acme/hunch.yaml:2:1: error: tabs are not allowed as indentation [yaml-syntax]
    2 | 	warehouse: x
      | ^
    Indent with spaces; YAML has no tabs."
  `)
})

test('a key that stands twice is a mistake', () => {
  expect(mistakes(`${minimal}workspace: other\n`)).toMatchInlineSnapshot(`
    "/acme/hunch.yaml:3:1: error: \`workspace\` stands twice [duplicate-key]
    3 | workspace: other
      | ^^^^^^^^^
    Keep one of the two."
  `)
})

test('a missing file tells how to make one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const outcome = readConfig(join(folder, 'hunch.yaml'), {})
  expect(outcome.diagnostics.map(({ code, hint }) => ({ code, hint }))).toMatchInlineSnapshot(`
    [
      {
        "code": "missing-config",
        "hint": "Make one with \`hunch init <warehouse-url>\`, name another with \`--config FILE\`, or look around with \`hunch demo\`.",
      },
    ]
  `)
  writeFileSync(join(folder, 'hunch.yaml'), minimal)
  expect(readConfig(join(folder, 'hunch.yaml'), {}).ok).toBe(true)
})

test('a folder in the place of the file is told apart from a missing one', () => {
  expect(readConfig(tmpdir(), {}).diagnostics[0]?.code).toBe('unreadable-config')
})

import { type App, openApp } from '../../app.ts'
import { createDiagnostic, Rejection } from '../../base/diagnostic.ts'
import { createApiKey, readScopes, removeApiKey, showApiKeys } from '../../engine/api-keys.ts'
import type { Command, CommandInput, CommandStreams } from '../command.ts'
import { layOutTable } from '../lay-out-table.ts'

const wrong = (message: string, hint: string): Rejection =>
  new Rejection([createDiagnostic({ code: 'wrong-argument', message, hint })])

function expectName(input: CommandInput): string {
  const name = String(input.arguments[1] ?? '').trim()
  if (name === '') throw wrong('a name is missing', 'Write it behind: `hunch keys add dashboard`.')
  return name
}

async function addKey(app: App, input: CommandInput, { out, err }: CommandStreams): Promise<void> {
  const name = expectName(input)
  const text = String(input.options.scopes)
  const scopes = readScopes(text)
  if (!scopes)
    throw wrong(`\`--scopes\` is \`${text}\``, 'Scopes are `ask`, `read` and `admin`, with commas between them.')
  const { id, token } = await createApiKey(app, { name, scopes })
  out(input.format === 'json' ? JSON.stringify({ id, name, scopes, token }) : token)
  err('This is the only time that the key is shown. From now on every request needs a key.')
}

async function listKeys(app: App, input: CommandInput, { out }: CommandStreams): Promise<void> {
  const keys = await showApiKeys(app)
  if (input.format === 'json') return out(JSON.stringify(keys, undefined, 2))
  const columns = ['id', 'name', 'scopes', 'made', 'last used'].map((name) => ({ name, type: 'text' as const }))
  const rows = keys.map(({ id, name, scopes, createdAt, lastUsedAt }) => [
    id,
    name,
    scopes.join(', '),
    createdAt,
    lastUsedAt ?? null,
  ])
  out(layOutTable(columns, rows))
}

async function revokeKey(app: App, input: CommandInput, { err }: CommandStreams): Promise<void> {
  const id = expectName(input)
  if (!(await removeApiKey(app, id))) throw wrong(`there is no key \`${id}\``, 'See them with `hunch keys list`.')
  err(`revoked ${id}`)
}

const actions = { add: addKey, list: listKeys, revoke: revokeKey } as const

export const keys: Command = {
  name: 'keys',
  summary: 'make, list and revoke API keys',
  arguments: [
    { name: '<action>', summary: '`add`, `list` or `revoke`' },
    { name: '[name]', summary: 'name of the new key, or id of the one to revoke' },
  ],
  options: [{ flags: '--scopes <list>', summary: 'what the key allows: ask, read, admin', initial: 'ask,read' }],
  hasFormat: true,
  examples: ['hunch keys add dashboard --scopes read', 'hunch keys list', 'hunch keys revoke 3f9a0c1b2d4e'],
  async run(input, streams) {
    const name = String(input.arguments[0])
    const action = Object.entries(actions).find(([known]) => known === name)?.[1]
    if (!action) throw wrong(`there is no action \`${name}\``, 'Write `hunch keys add`, `list` or `revoke`.')
    const app = await openApp({ configFile: input.configFile })
    try {
      await action(app, input, streams)
      return 0
    } finally {
      await app.close()
    }
  },
}

import { type App, openApp } from '../../app.ts'
import { createApiKey, readScopes, removeApiKey, showApiKeys } from '../../engine/api-keys.ts'
import type { Command, CommandInput, CommandStreams } from '../command.ts'
import { layOutTable } from '../lay-out-table.ts'
import { wrongOption } from '../wrong-option.ts'

type Work = (app: App, streams: CommandStreams) => Promise<void>

function expectName(input: CommandInput, example: string): string {
  const name = String(input.arguments[1] ?? '').trim()
  if (name === '') throw wrongOption('a name is missing', `Write it behind: \`${example}\`.`)
  return name
}

function addKey(input: CommandInput): Work {
  const name = expectName(input, 'hunch keys add dashboard')
  const text = String(input.options.scopes)
  const scopes = readScopes(text)
  if (!scopes)
    throw wrongOption(`\`--scopes\` is \`${text}\``, 'Scopes are `ask`, `read` and `admin`, with commas between them.')
  return async (app, { out, err }) => {
    const { id, token } = await createApiKey(app, { name, scopes })
    out(input.format === 'json' ? JSON.stringify({ id, name, scopes, token }) : token)
    err('This is the only time that the key is shown. From now on every request needs a key.')
  }
}

function listKeys(input: CommandInput): Work {
  const columns = ['id', 'name', 'scopes', 'made', 'last used'].map((name) => ({ name, type: 'text' as const }))
  return async (app, { out }) => {
    const keys = await showApiKeys(app)
    const rows = keys.map((key) => [key.id, key.name, key.scopes.join(', '), key.createdAt, key.lastUsedAt ?? null])
    out(input.format === 'json' ? JSON.stringify(keys, undefined, 2) : layOutTable(columns, rows))
  }
}

function revokeKey(input: CommandInput): Work {
  const id = expectName(input, 'hunch keys revoke 3f9a0c1b2d4e')
  return async (app, { err }) => {
    if (!(await removeApiKey(app, id)))
      throw wrongOption(`there is no key \`${id}\``, 'See them with `hunch keys list`.')
    err(`revoked ${id}`)
  }
}

/** Each reads its arguments before anything is opened, and returns the work. */
const actions: Readonly<Record<string, (input: CommandInput) => Work>> = {
  add: addKey,
  list: listKeys,
  revoke: revokeKey,
}

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
    const read = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (!read) throw wrongOption(`there is no action \`${name}\``, 'Write `hunch keys add`, `list` or `revoke`.')
    const work = read(input)
    const app = await openApp({ configFile: input.configFile })
    try {
      await work(app, streams)
      return 0
    } finally {
      await app.close()
    }
  },
}

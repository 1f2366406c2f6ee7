import { isAbsolute, relative, resolve, sep } from 'node:path'

export interface DraftedConfig {
  readonly text: string
  /** Address as the config holds it: relative to its folder, and a name of the environment for one with a password. */
  readonly warehouse: string
  /** Name of the environment that has to be set, if any. */
  readonly environment: string | undefined
}

const secretName = 'WAREHOUSE_URL'

/** A first `hunch.yaml` in `folder` for the warehouse at `url`, whose path is relative to `from`. */
export function draftConfig(url: string, folder: string, from: string): DraftedConfig {
  const hasSecret = /:\/\/[^/\s]*@|[?&]\w+=/.test(url)
  const warehouse = hasSecret ? `\${${secretName}}` : movePath(url, folder, from)
  const text = `# Written by \`hunch init\`. Every key is explained in docs/reference/config.md.
workspace: ${nameWorkspace(folder)}
timezone: UTC # in which days begin: an IANA name, as Europe/Tallinn
warehouse: ${JSON.stringify(warehouse)}${hasSecret ? ' # set it in the environment: it may hold a password' : ''}
catalog: ./catalog

# Without these, everything is kept under ./.hunch: state and queues in an embedded Postgres, mails in an outbox.
# store: \${DATABASE_URL}
# queue: \${REDIS_URL}
# mail: { smtp: "\${SMTP_URL}", from: "Hunch <hunch@example.com>" }

teams:
  everyone: { digest: "0 8 * * mon-fri", members: [] } # mail addresses of those who get the digest
`
  return { text, warehouse, environment: hasSecret ? secretName : undefined }
}

function movePath(url: string, folder: string, from: string): string {
  const [, scheme, path] = /^(files|duckdb):(.+)$/.exec(url) ?? []
  if (!scheme || !path || isAbsolute(path)) return url
  const moved = relative(folder, resolve(from, path)).split(sep).join('/')
  return `${scheme}:${moved.startsWith('.') ? moved : `./${moved}`}`
}

function nameWorkspace(folder: string): string {
  const name = resolve(folder)
    .split(/[/\\]/)
    .at(-1)
    ?.toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, 63)
  return name || 'main'
}

import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { checkShape, describeShape, listSchemasAt } from './base/check-shape.ts'
import { accept, createDiagnostic, type Diagnostic, type Outcome, reject } from './base/diagnostic.ts'
import { suggestNames } from './base/did-you-mean.ts'
import { readYaml, type YamlText } from './base/read-yaml.ts'
import { maskSecrets } from './config/mask-secrets.ts'
import { configSchema } from './config/schema.ts'
import type { Team } from './engine/context.ts'

/** `hunch.yaml` with its defaults, `${NAME}` replaced and folders absolute. Holds secrets: never log it. */
export interface Config {
  /** Absolute. */
  readonly file: string
  /** Absolute; relative addresses (`duckdb:./data/x.duckdb`) are relative to it. */
  readonly folder: string
  readonly workspace: string
  readonly timezone: string
  readonly warehouse: string
  /** Absolute. */
  readonly catalogFolder: string
  /** Absolute: `hypotheses` beside the file, where the team's own questions live. */
  readonly hypothesesFolder: string
  /** Absolute: `.hunch`, where the embedded Postgres and the outbox live. */
  readonly stateFolder: string
  /** Address of a Postgres; absent: an embedded one. */
  readonly store: string | undefined
  /** Address of a Redis; absent: queues live in the store. */
  readonly queue: string | undefined
  /** Without `smtp`, mails go to `outboxFolder`. */
  readonly mail: { readonly smtp: string | undefined; readonly from: string; readonly outboxFolder: string }
  /** Without a slash at the end. */
  readonly web: { readonly url: string }
  readonly engine: {
    readonly fdr: number
    readonly budget: { readonly hypotheses: number; readonly seconds: number; readonly bytes?: number | undefined }
    readonly shown: number
  }
  readonly llm: LlmConfig | undefined
  readonly teams: readonly Team[]
}

export interface LlmConfig {
  readonly baseURL: string
  readonly apiKey: string | undefined
  readonly model: string
  readonly timeoutMs: number
  readonly seed: number | undefined
  /** Names of models for single tasks; `model` where absent. */
  readonly roles: { readonly repair?: string | undefined; readonly suggest?: string | undefined }
}

export type Environment = Readonly<Record<string, string | undefined>>

const shape = describeShape(configSchema)

/** Reads a config file; all mistakes at once. Values that came from the environment are in no message. */
export function readConfig(file: string, environment: Environment = process.env): Outcome<Config> {
  const outcome = readConfigText(file, environment)
  return outcome.ok ? accept(outcome.value.config) : outcome
}

/** The config together with the places in its file, for those who check it against something else. */
export function readConfigText(
  file: string,
  environment: Environment = process.env,
): Outcome<{ readonly config: Config; readonly yaml: YamlText }> {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return reject(
      createDiagnostic({
        code: isMissing ? 'missing-config' : 'unreadable-config',
        message: isMissing ? `there is no config file \`${file}\`` : `the config file \`${file}\` cannot be read`,
        hint: isMissing
          ? 'Make one with `hunch init <warehouse-url>`, name another with `--config FILE`, or look around with `hunch demo`.'
          : 'Check that it is a file, and that you may read it.',
      }),
    )
  }
  return parseConfig({ name: file, text }, environment)
}

/** `readConfigText` of a text: no file is read; relative folders are relative to the folder of `source.name`. */
export function parseConfig(
  source: { readonly name: string; readonly text: string },
  environment: Environment,
): Outcome<{ readonly config: Config; readonly yaml: YamlText }> {
  const shown = { name: source.name, text: maskSecrets(source.text) }
  const missing: Diagnostic[] = []
  const read = readYaml(source, {
    replaceText: (text, path, span) => {
      const replaced = replaceNames(text, environment, (name) =>
        missing.push(
          createDiagnostic({
            code: 'missing-environment',
            message: `the environment has no \`${name}\``,
            hint: `Set \`${name}\` before starting, or remove the line to use the default.`,
            source: shown,
            span,
            candidates: suggestNames(name, Object.keys(environment)),
          }),
        ),
      )
      const wantsNumber = listSchemasAt(shape, path).some(({ type }) => type === 'number' || type === 'integer')
      return wantsNumber && replaced !== text && /^-?\d+(\.\d+)?$/.test(replaced) ? Number(replaced) : replaced
    },
  })
  const show = (diagnostics: readonly Diagnostic[]) => diagnostics.map((one) => ({ ...one, source: shown }))
  if (!read.ok) return reject(...show(read.diagnostics), ...missing)
  const yaml = { ...read.value, source: shown }
  const checked = checkShape(yaml, configSchema)
  if (!checked.ok) {
    // A value that is missing in the environment is said once, not again as a wrong value.
    const places = new Set(missing.map(({ span }) => span?.start))
    return reject(...missing, ...checked.diagnostics.filter(({ span }) => !places.has(span?.start)))
  }
  if (missing.length > 0) return reject(...missing)

  const file = resolve(source.name)
  const folder = dirname(file)
  const { catalog, mail, web, llm, teams, ...rest } = checked.value
  const stateFolder = resolve(folder, '.hunch')
  const config: Config = {
    ...rest,
    file,
    folder,
    catalogFolder: resolve(folder, catalog),
    hypothesesFolder: resolve(folder, 'hypotheses'),
    stateFolder,
    store: rest.store,
    queue: rest.queue,
    mail: { smtp: mail.smtp, from: mail.from, outboxFolder: resolve(stateFolder, 'outbox') },
    web: { url: web.url.replace(/\/+$/, '') },
    llm: llm && { ...llm, apiKey: llm.apiKey, seed: llm.seed },
    teams: Object.entries(teams).map(([name, team]) => ({ name, ...team })),
  }
  return accept({ config, yaml })
}

/** `text` with each `${NAME}` replaced; `onMissing` hears of names that are absent or empty. */
function replaceNames(text: string, environment: Environment, onMissing: (name: string) => void): string {
  return text.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (written, name: string) => {
    const value = environment[name]
    if (value !== undefined && value !== '') return value
    onMissing(name)
    return written
  })
}

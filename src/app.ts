/**
 * Composition root: puts a workspace together from its `hunch.yaml`. Only this file and `config.ts` read the environment.
 */
import { existsSync } from 'node:fs'
import { pino } from 'pino'
import { expectAccepted, isError, Rejection } from './base/diagnostic.ts'
import type { Log } from './base/log.ts'
import { type Calendar, dayAt } from './base/periods.ts'
import type { Catalog } from './catalog/catalog.ts'
import { readPlacedCatalog } from './catalog/read-catalog.ts'
import { type Config, type Environment, readConfig } from './config.ts'
import { checkCatalog } from './dsl/check/check-catalog.ts'
import type { EngineContext, Progress } from './engine/context.ts'
import { type AuthoredHypotheses, readHypotheses } from './engine/plan/read-hypotheses.ts'
import { openLanguageModel } from './llm/open-language-model.ts'
import { openMailer } from './mail/open-mailer.ts'
import { type Database, openDatabase } from './store/database.ts'
import { startEmbeddedPostgres } from './store/embedded-postgres.ts'
import { migrate } from './store/migrate.ts'
import { openWarehouse } from './warehouse/open-warehouse.ts'
import type { Warehouse } from './warehouse/warehouse.ts'

export interface AppOptions {
  readonly configFile: string
  readonly report?: (progress: Progress) => void
  readonly log?: Log
  readonly now?: () => number
  readonly environment?: Environment
}

/** What reading and running explorations needs: no store, no mail. */
export interface QueryApp {
  readonly config: Config
  readonly workspace: string
  readonly catalog: Catalog
  readonly calendar: Calendar
  readonly warehouse: Warehouse
  readonly model: EngineContext['model']
  readonly now: () => number
  readonly log: Log
  close(): Promise<void>
}

/** A whole workspace: what journeys need, and where its store listens. */
export interface App extends EngineContext {
  readonly config: Config
  /** Address of the store's Postgres, embedded or not. Holds a password: never log it. */
  readonly storeUrl: string
  close(): Promise<void>
}

/** Logs as JSON lines on standard error; `HUNCH_LOG` sets the level, `warn` by default. */
function createLog(environment: Environment = process.env): Log {
  return pino({ level: environment.HUNCH_LOG ?? 'warn', base: undefined }, pino.destination({ dest: 2, sync: true }))
}

/** Opens config, catalog and warehouse. Throws a `Rejection` with every mistake, or a `Failure`. */
export async function openQueryApp(options: AppOptions): Promise<QueryApp> {
  const environment = options.environment ?? process.env
  const config = expectAccepted(readConfig(options.configFile, environment))
  const { catalog, places } = expectAccepted(readPlacedCatalog(config.catalogFolder, { timezone: config.timezone }))
  const mistakes = checkCatalog(catalog, places).filter(isError)
  if (mistakes.length > 0) throw new Rejection(mistakes)
  const warehouse = await openWarehouse(config.warehouse, { folder: config.folder })
  return {
    config,
    workspace: config.workspace,
    catalog,
    calendar: catalog.calendar,
    warehouse,
    model: config.llm ? openLanguageModel(config.llm) : undefined,
    now: options.now ?? Date.now,
    log: options.log ?? createLog(environment),
    close: () => warehouse.close(),
  }
}

/** Opens the store, embedded where none is configured, and brings its tables up to date. */
async function openStore(config: Config) {
  const embedded = config.store === undefined ? await startEmbeddedPostgres(config.stateFolder) : undefined
  const url = config.store ?? embedded?.url ?? ''
  const database = openDatabase(url)
  const close = async () => {
    try {
      await database.destroy()
    } finally {
      await embedded?.stop()
    }
  }
  try {
    await migrate(database)
  } catch (error) {
    await close()
    throw error
  }
  return { url, database, close }
}

const readAuthored = ({ config, catalog, calendar, now }: QueryApp): AuthoredHypotheses =>
  readHypotheses(config.hypothesesFolder, catalog, dayAt(now(), calendar))

/** What planning a cycle needs without running it. */
export type PlanApp = QueryApp & Pick<EngineContext, 'authored'> & { readonly database?: Database }

/** With the store where there is one already, as a plan follows from what earlier cycles asked; none is made for it. */
export async function openPlanApp(options: AppOptions): Promise<PlanApp> {
  const config = expectAccepted(readConfig(options.configFile, options.environment))
  if (config.store !== undefined || existsSync(config.stateFolder)) return openApp(options)
  const app = await openQueryApp(options)
  return { ...app, authored: readAuthored(app) }
}

/** Last opened, first closed; each is closed also when another cannot be. */
async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  const close = closers.pop()
  if (close === undefined) return
  try {
    await close()
  } finally {
    await closeAll(closers)
  }
}

/** Opens a whole workspace; what was opened is closed again when a part fails. */
export async function openApp(options: AppOptions): Promise<App> {
  const app = await openQueryApp(options)
  const { config, close: closeWarehouse, ...query } = app
  const closers: (() => Promise<void>)[] = [closeWarehouse]
  const close = () => closeAll(closers)
  try {
    const store = await openStore(config)
    closers.push(store.close)
    const mailer = await openMailer(config.mail)
    closers.push(() => mailer.close())
    return {
      ...query,
      config,
      database: store.database,
      storeUrl: store.url,
      engine: config.engine,
      authored: readAuthored(app),
      teams: config.teams,
      mailer,
      mailFrom: config.mail.from,
      webUrl: config.web.url,
      report: options.report ?? (() => undefined),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

import { describeError, Failure, hideSecrets } from '../base/failure.ts'
import { readBigqueryCell } from './bigquery-cells.ts'
import { listBigqueryTables } from './bigquery-tables.ts'
import { loadSdk } from './load-sdk.ts'
import { describeReadOnly, refuseOthers } from './refuse-others.ts'
import { runWithin } from './run-within.ts'
import type { Cell, QueryLimits, Rows, Warehouse } from './warehouse.ts'

/** What of `@google-cloud/bigquery` is used. */
interface Sdk {
  readonly BigQuery: new (options: Readonly<Record<string, unknown>>) => Client
}

interface Client {
  createQueryJob(options: Readonly<Record<string, unknown>>): Promise<readonly [Job]>
}

interface Job {
  readonly metadata: {
    readonly statistics?: { readonly query?: { readonly statementType?: string } }
  }
  getQueryResults(
    options: Readonly<Record<string, unknown>>,
  ): Promise<
    readonly [
      readonly Readonly<Record<string, unknown>>[],
      unknown,
      { readonly schema?: { readonly fields?: readonly { readonly name: string; readonly type: string }[] } },
    ]
  >
  cancel(): Promise<unknown>
}

export interface BigqueryAddress {
  readonly project: string
  readonly dataset: string
  readonly location: string | undefined
}

/** `bigquery://project/dataset?location=EU`. Who asks is what Google's own settings say. */
export function readBigqueryAddress(url: string): BigqueryAddress {
  const [, project, dataset, query] = /^bigquery:\/\/([^/?@]+)\/([^/?]+)(?:\?(.*))?$/i.exec(url) ?? []
  if (!project || !dataset)
    throw new Failure(`\`${hideSecrets(url)}\` is no address of a BigQuery`, {
      code: 'warehouse-unknown',
      hint: 'Write `bigquery://project/dataset?location=EU`, and set `GOOGLE_APPLICATION_CREDENTIALS`.',
    })
  return { project, dataset, location: new URLSearchParams(query).get('location') ?? undefined }
}

/**
 * A BigQuery dataset, through `@google-cloud/bigquery`, which is installed by those who need it. Not run against a live warehouse. A statement
 * is first tried without running it, and refused where it is no query.
 */
export async function openBigquery(url: string): Promise<Warehouse> {
  const { project, dataset, location } = readBigqueryAddress(url)
  const { BigQuery } = await loadSdk<Sdk>('@google-cloud/bigquery', 'BigQuery')
  const client = new BigQuery({ projectId: project, location })
  const query: Warehouse['query'] = (sql, parameters, limits) =>
    runLimited(client, { projectId: project, datasetId: dataset }, sql, parameters, limits)
  return {
    dialect: 'bigquery',
    address: hideSecrets(url),
    query,
    listTables: () => listBigqueryTables(query),
    close: async () => undefined,
  }
}

async function runLimited(
  client: Client,
  defaultDataset: Readonly<Record<string, string>>,
  sql: string,
  parameters: readonly Cell[],
  limits: QueryLimits,
): Promise<Rows> {
  refuseOthers(sql)
  const startedAt = performance.now()
  const options = {
    query: sql,
    params: Object.fromEntries(parameters.map((value, at) => [`p${at + 1}`, value])),
    useLegacySql: false,
    defaultDataset,
    jobTimeoutMs: limits.timeoutMs,
  }
  let running: Job | undefined
  const cancel = () => void running?.cancel().catch(() => undefined)
  return await runWithin(limits, cancel, async () => {
    try {
      const [trial] = await client.createQueryJob({ ...options, dryRun: true })
      if (trial.metadata.statistics?.query?.statementType !== 'SELECT') throw describeReadOnly()
      const [job] = await client.createQueryJob(options)
      running = job
      const read = await readRows(job, limits.rowsMax)
      return { ...read, ms: performance.now() - startedAt }
    } catch (cause) {
      throw nameFailure(cause)
    }
  })
}

function nameFailure(cause: unknown): Failure {
  if (cause instanceof Failure) return cause
  const { code } = cause as { code?: unknown }
  const isAway = typeof code === 'string' || code === 503
  return new Failure(
    `${isAway ? 'BigQuery cannot be reached' : 'the warehouse refused the query'}: ${describeError(cause).split('\n')[0]}`,
    { code: isAway ? 'warehouse-unreachable' : 'warehouse-query', retry: isAway, cause },
  )
}

async function readRows(job: Job, rowsMax: number): Promise<Omit<Rows, 'ms'>> {
  const [found, , answer] = await job.getQueryResults({
    maxResults: rowsMax + 1,
    autoPaginate: true,
    wrapIntegers: true,
  })
  const fields = answer?.schema?.fields ?? []
  const rows = found.slice(0, rowsMax).map((row) => fields.map(({ name, type }) => readBigqueryCell(type, row[name])))
  return { columns: fields.map(({ name }) => name), rows, truncated: found.length > rowsMax }
}

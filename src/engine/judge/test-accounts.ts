import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { daysBetween } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { accountChange } from '../../detectors/account-change.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { buildAccounts } from '../../hypotheses/accounts/build-accounts.ts'
import { listAccountTemplates } from '../../hypotheses/accounts/plan-accounts.ts'
import { accountColumns, accountWeeks, writeAccountTest } from '../../hypotheses/accounts/write-account-test.ts'
import type { Hypothesis, SharedScan } from '../../hypotheses/hypothesis.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import { listScanPeriods, periodColumn } from '../../hypotheses/series/scan-table.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import type { AccountTemplate } from '../../hypotheses/templates/template.ts'
import type { QueryResult } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import { readOwnRows } from '../scan/read-own-rows.ts'
import { judgeAccounts } from './judge-accounts.ts'

/** Asks of every count of a model whether single accounts left their own ways, with one query. */
export async function testAccounts(context: EngineContext, scan: SharedScan, seed: number, signal?: AbortSignal) {
  // the largest accounts are asked for; of those that tie with the last one there may be more
  const hint = 'Too many accounts are of one and the same size to tell the largest.'
  const result = await readOwnRows(context, scan, hint, signal)
  const metrics = scan.metrics.flatMap((name) => context.catalog.models[scan.model]?.metrics[name] ?? [])
  const verdicts: StoredVerdict[] = []
  let detectMs = 0
  for (const metric of metrics) {
    const began = performance.now()
    verdicts.push(...judgeMetric(context, { scan, result, seed, metrics }, metric))
    detectMs += performance.now() - began
    await yieldToOthers()
    signal?.throwIfAborted()
  }
  const leftOut = scan.metrics.length - new Set(verdicts.map(({ hypothesis }) => hypothesis.metric)).size
  return { verdicts, series: 0, leftOut, warehouseMs: result.ms, detectMs }
}

interface ReadAccounts {
  readonly scan: SharedScan
  readonly result: QueryResult
  readonly metrics: readonly Metric[]
  readonly seed: number
}

/** The verdict of one count and its replicate; nothing where there are too few accounts to compare, rather than finding them wanting in every cycle. */
function judgeMetric(
  { catalog, calendar }: EngineContext,
  { scan, result: { columns, rows }, metrics, seed }: ReadAccounts,
  metric: Metric,
): readonly StoredVerdict[] {
  const periods = listScanPeriods(scan, calendar)
  const history = { grain: scan.grain, periods: accountWeeks, today: scan.to }
  const { model, time, dimensions: keys } = scan
  const columnsOf = accountColumns({ model, time, history, keys, metrics })
  const period = periodColumn(scan.grain, scan.metrics)
  const of = { columns, rows, period, keys: columnsOf, measure: metric.name }
  const accounts = buildAccounts(of, periods, scan.grain)
  if (accounts.counts.length < accountChange.minimum) return []
  const common = { scan: scan.id, kind: 'count' as const, volume: rows.length / periods.length }
  const permuteSeed = seed + daysBetween('1970-01-01', scan.to)
  return listAccountTemplates(templates, catalog, metric).flatMap((template): StoredVerdict[] => {
    const hypothesis = writeHypothesis(catalog, scan, metric, template)
    return [
      { hypothesis, ...common, ...judgeAccounts(accounts) },
      { hypothesis, ...common, ...judgeAccounts(accounts, permuteSeed), isReplicate: true },
    ]
  })
}

function writeHypothesis(catalog: Catalog, scan: SharedScan, metric: Metric, template: AccountTemplate): Hypothesis {
  const { model, time, grain, dimensions: keys } = scan
  const history = { grain, periods: accountWeeks, today: scan.to }
  const text = writeAccountTest(catalog, { model, time, history, keys }, metric)
  return makeHypothesis({
    template: template.name,
    metric,
    slice: [],
    // the name stands beside the key and tells nothing apart
    by: keys.slice(0, 1),
    detector: 'account_change',
    grain,
    text,
    statement: template.state(metric),
  })
}

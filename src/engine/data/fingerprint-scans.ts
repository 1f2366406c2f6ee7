import { createHash } from 'node:crypto'
import { Rejection } from '../../base/diagnostic.ts'
import { describeError, Failure } from '../../base/failure.ts'
import type { Day } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { compileFingerprint } from '../../dsl/compile-fingerprint.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { profileKey } from '../../hypotheses/series/draft-scans.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { listScanPeriods } from '../../hypotheses/series/scan-table.ts'
import { type ScanSubject, writeScan } from '../../hypotheses/write/write-exploration.ts'
import type { EngineContext } from '../context.ts'

/** Scans of one model for which a look at all its rows pays: it costs about as much as one of them. */
const scansMin = 3
const timeoutMs = 120_000
const rowsMax = 10_000
/** Another one where the same text would be kept in another form. */
const form = 1

/** What a scan asks, for its exploration to be written anew; undefined where the catalog no longer has it. */
export function readSubject(catalog: Catalog, scan: SharedScan, periods: number): ScanSubject | undefined {
  const { model, time, grain, dimensions } = scan
  if (scan.reads || scan.hypothesis) return undefined
  const metrics = scan.metrics.flatMap((name) => catalog.models[model]?.metrics[name] ?? [])
  if (metrics.length < scan.metrics.length) return undefined
  const weighed = metrics.map((metric) => ({ metric, shape: shapeMeasure(metric) }))
  return { model, time, dimensions, history: { grain, periods, today: scan.to }, metrics: weighed }
}

/** What a scan asks of one period, whichever it is. */
function identify(catalog: Catalog, subject: ScanSubject): string {
  const text = writeScan(catalog, { ...subject, history: { ...subject.history, periods: 1, today: '2000-01-01' } })
  return createHash('sha256').update(`${form}\n${text}`).digest('hex').slice(0, 32)
}

export interface Fingerprinted {
  readonly scans: readonly SharedScan[]
  readonly queries: number
}

type FingerprintContext = Pick<EngineContext, 'catalog' | 'calendar' | 'warehouse' | 'log'>

/**
 * Reads a fingerprint of each period of each model, one query a model, so that scans need not read again what has not changed since a cycle
 * before. It is read before the scans are: rows that come between the two make what is kept of their period look old, never new. A model
 * of few scans goes without, and so does one whose rows cannot be told by a fingerprint: it is read whole.
 */
export async function fingerprintScans(
  context: FingerprintContext,
  scans: readonly SharedScan[],
): Promise<Fingerprinted> {
  const groups = Map.groupBy(
    scans.filter(({ reads, hypothesis }) => !reads && !hypothesis),
    (scan) => [profileKey(scan.model, scan.time), scan.grain, scan.from, scan.to].join('\n'),
  )
  const kept = new Map<string, SharedScan>()
  let queries = 0
  for (const group of groups.values()) {
    if (group.length < scansMin) continue
    const fingerprints = await readFingerprints(context, group)
    if (!fingerprints) continue
    queries += 1
    for (const scan of group) {
      const subject = readSubject(context.catalog, scan, 1)
      if (subject) kept.set(scan.id, { ...scan, kept: { as: identify(context.catalog, subject), fingerprints } })
    }
  }
  return { scans: scans.map((scan) => kept.get(scan.id) ?? scan), queries }
}

async function readFingerprints(
  { catalog, calendar, warehouse, log }: FingerprintContext,
  group: readonly SharedScan[],
): Promise<Readonly<Record<Day, string>> | undefined> {
  const [first] = group
  const dimensions = [...new Set(group.flatMap((scan) => scan.dimensions))]
  const metrics = [...new Set(group.flatMap((scan) => scan.metrics))]
  const whole: SharedScan = { ...first!, dimensions, metrics }
  const subject = readSubject(catalog, whole, listScanPeriods(whole, calendar).length)
  if (!subject) return undefined
  const context = { catalog, calendar, asOf: whole.to, dialect: warehouse.dialect }
  const compiled = compileFingerprint(writeScan(catalog, subject), context)
  if (!compiled) return undefined
  try {
    const limits = { timeoutMs, rowsMax, types: ['date', 'text'] as const }
    const { rows, truncated } = await warehouse.query(compiled.sql, compiled.parameters, limits)
    if (truncated) return undefined
    return Object.fromEntries(rows.map(([day, fingerprint]) => [String(day).slice(0, 10), String(fingerprint)]))
  } catch (error) {
    if (!(error instanceof Failure || error instanceof Rejection)) throw error
    log.warn({ model: whole.model }, `its periods are read whole: ${describeError(error)}`)
    return undefined
  }
}

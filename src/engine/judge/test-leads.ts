import { daysBetween } from '../../base/periods.ts'
import type { Metric } from '../../catalog/catalog.ts'
import type { Series } from '../../detectors/shapes.ts'
import { permuteBlocks } from '../../findings/errors/permute-blocks.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import type { Hypothesis, MetricPair, SharedScan } from '../../hypotheses/hypothesis.ts'
import { findCommonHistory, readWhole } from '../../hypotheses/leads/build-lead.ts'

import { type LeadSubject, writeLeadTest } from '../../hypotheses/leads/write-lead-test.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import { profileKey } from '../../hypotheses/series/draft-scans.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import type { ScanTable } from '../../hypotheses/series/scan-table.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { type LeadTemplate, listTemplatesOf } from '../../hypotheses/templates/template.ts'
import type { History } from '../../hypotheses/write/write-exploration.ts'
import { createRandom } from '../../stats/random.ts'
import type { EngineContext } from '../context.ts'
import { loadScan, type ScanMemory } from '../scan/load-scan.ts'
import type { OwnRowsTested } from '../scan/read-own-rows.ts'
import { runInTurns, type Steps } from '../scan/run-in-turns.ts'
import { judgeLead } from './judge-lead.ts'

export interface LeadsTest {
  readonly scan: SharedScan
  /** Scans of the cycle: those of wholes hold what pairs are made of. */
  readonly scans: readonly (SharedScan & { readonly state: string })[]
  readonly seed: number
  readonly memory?: ScanMemory | undefined
}

interface LeadsTested extends OwnRowsTested {
  readonly queries: number
}

/** Asks of each pair of metrics which moves first. Wholes that were read already are not read again. */
export async function testLeads(
  context: EngineContext,
  { scan, scans, seed, memory }: LeadsTest,
  signal?: AbortSignal,
): Promise<LeadsTested> {
  const tables = new Map<string, ScanTable>()
  let [queries, warehouseMs] = [0, 0]
  const times = new Set(
    (scan.pairs ?? []).flatMap(({ first, second }) => [first, second]).map((one) => keyOf(context, one)),
  )
  for (const whole of scans) {
    const key = profileKey(whole.model, whole.time)
    if (whole.reads || whole.hypothesis || whole.dimensions.length > 0 || whole.state === 'failed') continue
    if (!times.has(key) || whole.grain !== scan.grain) continue
    const known = memory?.get(whole.id)
    const loaded = known ? { table: known, queries: 0, warehouseMs: 0 } : await loadScan(context, whole, signal)
    tables.set(key, loaded.table)
    queries += loaded.queries
    warehouseMs += loaded.warehouseMs
  }
  const { result, busyMs } = await runInTurns(judgePairs(context, scan, tables, seed), signal)
  return { ...result, queries, series: 0, warehouseMs, detectMs: busyMs }
}

type Named = MetricPair['first']

const metricOf = ({ catalog }: Pick<EngineContext, 'catalog'>, { model, metric }: Named): Metric | undefined =>
  catalog.models[model]?.metrics[metric]

const keyOf = (context: Pick<EngineContext, 'catalog'>, one: Named): string =>
  profileKey(one.model, metricOf(context, one)?.time ?? '')

const block = { day: 7, week: 4 } as const
const grainOf = ({ grain }: SharedScan): 'day' | 'week' => (grain === 'day' ? 'day' : 'week')

function* judgePairs(
  context: EngineContext,
  scan: SharedScan,
  tables: ReadonlyMap<string, ScanTable>,
  seed: number,
): Steps<Pick<LeadsTested, 'verdicts' | 'leftOut'>> {
  const { catalog } = context
  const grain = grainOf(scan)
  const verdicts: StoredVerdict[] = []
  let leftOut = 0
  // a series that is asked about again is analysed once
  const wholes = new Map<string, Series | undefined>()
  const read = (table: ScanTable, metric: Metric, history: History): Series | undefined => {
    const key = JSON.stringify([metric.model, metric.name, history.periods, history.today])
    if (!wholes.has(key)) wholes.set(key, readWhole(catalog, table, metric, history))
    return wholes.get(key)
  }
  const permuted = new Map<Series, Series>()
  const permute = (series: Series): Series => {
    const random = createRandom(seed + daysBetween('1970-01-01', scan.to) + permuted.size)
    const known = permuted.get(series) ?? permuteBlocks(series, block[grain], random)
    permuted.set(series, known)
    return known
  }
  for (const pair of scan.pairs ?? []) {
    const [one, other] = [metricOf(context, pair.first), metricOf(context, pair.second)]
    const [ofOne, ofOther] = [tables.get(keyOf(context, pair.first)), tables.get(keyOf(context, pair.second))]
    const history = ofOne && ofOther && findCommonHistory(ofOne, ofOther)
    const first = history && one && read(ofOne, one, history)
    const second = history && other && read(ofOther, other, history)
    if (!first || !second) {
      leftOut += 1
      continue
    }
    const sides = [one, other].map((metric) => ({ metric, shape: shapeMeasure(metric) }))
    const common = { scan: scan.id, kind: sides[0]!.shape.kind, volume: measureVolume(ofOne) }
    for (const template of listTemplatesOf(templates, 'leads', catalog, one)) {
      const lags = template.lags[grain]
      const hypothesis = write({ sides: [sides[0]!, sides[1]!], history, lags }, template)
      verdicts.push({ hypothesis, ...common, ...judgeLead({ first, second }, { lags }) })
      yield
      verdicts.push({
        hypothesis,
        ...common,
        ...judgeLead({ first, second: permute(second) }, { lags }),
        isReplicate: true,
      })
      yield
    }
  }
  return { verdicts, leftOut }
}

/** Mean rows a period. */
const measureVolume = ({ slices: [whole], periods }: ScanTable): number =>
  (whole?.rows.reduce((sum, x) => sum + (Number.isFinite(x) ? x : 0), 0) ?? 0) / Math.max(1, periods.length)

function write(subject: LeadSubject, template: LeadTemplate): Hypothesis {
  const [{ metric }, { metric: other }] = subject.sides
  return makeHypothesis({
    template: template.name,
    metric,
    with: { metric: other.name, measure: other.measure, model: other.model },
    slice: [],
    detector: 'lead_lag',
    grain: subject.history.grain,
    text: writeLeadTest(subject),
    statement: template.state(metric, other),
  })
}

import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { invariant } from '../../base/invariant.ts'
import { addPeriods, daysBetween } from '../../base/periods.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { cutByValue } from '../../hypotheses/cut-by-value.ts'
import { readEntrants } from '../../hypotheses/funnels/build-conversions.ts'
import { type FunnelStep, listSteps } from '../../hypotheses/funnels/list-steps.ts'
import { findFunnel, findFunnelAccount } from '../../hypotheses/funnels/plan-funnels.ts'
import { funnelColumns, valueColumn, writeFunnelTest } from '../../hypotheses/funnels/write-funnel-test.ts'
import type { SharedScan, Slice } from '../../hypotheses/hypothesis.ts'
import { sliceShareMax, sliceShareMin } from '../../hypotheses/limits.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import type { ScanRows } from '../../hypotheses/series/period-block.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { type FunnelTemplate, listTemplatesOf } from '../../hypotheses/templates/template.ts'
import type { EngineContext } from '../context.ts'
import { type OwnRowsTested, readOwnRows } from '../scan/read-own-rows.ts'
import { judgeFunnel } from './judge-funnels.ts'

/** Fewest entrants of a value, and of a stage, for it to be asked about. */
const entrantsMin = 100

/** Asks of each step of a funnel, as a whole and in each value of its fields, whether those who came lately go on as before: one query for all of them. */
export async function testFunnel(
  context: EngineContext,
  scan: SharedScan,
  seed: number,
  signal?: AbortSignal,
): Promise<OwnRowsTested> {
  const funnel = findFunnel(context.catalog, scan)
  invariant(funnel, 'a scan of a funnel is of one of the catalog that it was planned from')
  const hint = 'Describe a funnel of fewer rows, as by a model with a condition.'
  const result = await readOwnRows(context, scan, hint, signal)
  const began = performance.now()
  const groups = [
    { slice: [] as Slice, rows: result.rows },
    ...scan.dimensions.flatMap((field, at) => cutByValue(result, field, valueColumn(at))),
  ]
  const verdicts: StoredVerdict[] = []
  let leftOut = 0
  for (const step of listSteps(context.catalog, funnel)) {
    const all = countCame(result, step, result.rows)
    for (const { slice, rows } of groups) {
      const came = countCame(result, step, rows)
      const isOfAll = came >= sliceShareMin * all && came <= sliceShareMax * all
      if (came < entrantsMin || (slice.length > 0 && !isOfAll)) {
        leftOut += 1
        continue
      }
      verdicts.push(...judgeStep(context, { scan, step, slice, seed }, { columns: result.columns, rows }))
      await yieldToOthers()
      signal?.throwIfAborted()
    }
  }
  const detectMs = performance.now() - began
  return { verdicts, series: 0, leftOut, warehouseMs: result.ms, detectMs }
}

const placeOfReached = ({ columns }: Pick<ScanRows, 'columns'>): number =>
  columns.findIndex(({ name }) => name === funnelColumns.reached)

function countCame(result: Pick<ScanRows, 'columns'>, { stage }: FunnelStep, rows: ScanRows['rows']): number {
  const place = placeOfReached(result)
  return rows.reduce((count, row) => count + Number(Number(row[place]) >= stage), 0)
}

interface Asked {
  readonly scan: SharedScan
  readonly step: FunnelStep
  readonly slice: Slice
  readonly seed: number
}

function judgeStep({ catalog }: EngineContext, asked: Asked, { columns, rows }: ScanRows): readonly StoredVerdict[] {
  const { scan, step, seed } = asked
  const { funnel, stage } = step
  const place = placeOfReached({ columns })
  const came = rows.filter((row) => Number(row[place]) >= stage)
  const entrants = readEntrants({
    columns,
    rows: came.map((row) => row.with(place, Number(row[place]) > stage ? 1 : 0)),
    began: funnelColumns.began,
    wentOn: funnelColumns.reached,
    account: funnelColumns.account,
  })
  const today = addPeriods(scan.to, funnel.withinDays, 'day')
  const common = { scan: scan.id, kind: 'ratio' as const, volume: came.length / daysBetween(scan.from, scan.to) }
  const permuteSeed = seed + daysBetween('1970-01-01', scan.to)
  return listTemplatesOf(templates, 'funnels', catalog, funnel).flatMap((template) =>
    template.recentDays.flatMap((recent): StoredVerdict[] => {
      const hypothesis = write(catalog, asked, template, recent)
      const test = { entrants, today, options: { recent, window: funnel.withinDays } }
      return [
        { hypothesis, ...common, ...judgeFunnel(test) },
        { hypothesis, ...common, ...judgeFunnel(test, permuteSeed), isReplicate: true },
      ]
    }),
  )
}

function write(
  catalog: EngineContext['catalog'],
  { scan, step, slice }: Asked,
  template: FunnelTemplate,
  recentDays: number,
) {
  const { funnel, stage } = step
  const { name, measure, ...subject } = step.subject
  const days = { from: scan.from, to: scan.to }
  const today = addPeriods(scan.to, funnel.withinDays, 'day')
  const account = findFunnelAccount(catalog, funnel)
  return makeHypothesis({
    template: template.name,
    metric: { model: scan.model, name, measure },
    slice,
    detector: 'funnel_shift',
    grain: 'day',
    text: writeFunnelTest(catalog, { funnel, days, today, account, slice }, stage, recentDays),
    subject,
    statement: template.state(subject, slice, recentDays),
  })
}

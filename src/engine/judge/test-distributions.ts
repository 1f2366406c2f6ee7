import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { daysBetween } from '../../base/periods.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { readDatedValues } from '../../hypotheses/distributions/build-samples.ts'
import { listMeasuredValues } from '../../hypotheses/distributions/list-measured-values.ts'
import { findValueAccount } from '../../hypotheses/distributions/plan-distributions.ts'
import { driftColumns, valueColumn, writeDriftTest } from '../../hypotheses/distributions/write-drift-test.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { listTemplatesOf } from '../../hypotheses/templates/template.ts'
import type { EngineContext } from '../context.ts'
import { type OwnRowsTested, readOwnRows } from '../scan/read-own-rows.ts'
import { judgeDrift } from './judge-drift.ts'

/** Asks of each measured field of a model whether its values are spread as before: one query for all of them. */
export async function testDistributions(
  context: EngineContext,
  scan: SharedScan,
  seed: number,
  signal?: AbortSignal,
): Promise<OwnRowsTested> {
  const { catalog } = context
  const { model, time } = scan
  const hint = 'Describe a model of fewer rows, as by a condition.'
  const { columns, rows, ms } = await readOwnRows(context, scan, hint, signal)
  const began = performance.now()
  const periods = daysBetween(scan.from, scan.to)
  const account = findValueAccount(catalog, { model })
  const subject = { model, time, history: { grain: 'day', periods, today: scan.to } as const, account }
  const permuteSeed = seed + daysBetween('1970-01-01', scan.to)
  const verdicts: StoredVerdict[] = []
  const known = listMeasuredValues(catalog).filter((one) => one.model === model && one.time === time)
  for (const [at, name] of scan.metrics.entries()) {
    const value = known.find((one) => one.subject.name === name)
    if (!value) continue
    const read = { ...driftColumns, value: valueColumn(at) }
    const values = readDatedValues({ columns, rows, ...read, events: catalog.events })
    for (const template of listTemplatesOf(templates, 'distributions', catalog, value)) {
      const { name: metric, measure, ...style } = value.subject
      const hypothesis = makeHypothesis({
        template: template.name,
        metric: { model, name: metric, measure },
        slice: [],
        detector: 'drift',
        grain: 'day',
        text: writeDriftTest(subject, value.field, template.recentDays),
        subject: style,
        statement: template.state(style, template.recentDays),
      })
      const test = { values, today: scan.to, options: { recent: template.recentDays } }
      const common = { hypothesis, scan: scan.id, kind: 'mean' as const, volume: values.length / periods }
      verdicts.push({ ...common, ...judgeDrift(test) })
      await yieldToOthers()
      verdicts.push({ ...common, ...judgeDrift(test, permuteSeed), isReplicate: true })
      await yieldToOthers()
      signal?.throwIfAborted()
    }
  }
  return { verdicts, series: 0, leftOut: 0, warehouseMs: ms, detectMs: performance.now() - began }
}

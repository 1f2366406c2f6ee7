import { expectAccepted } from '../../base/diagnostic.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import { parse } from '../../dsl/text/parse.ts'
import type { Step, Tree } from '../../dsl/tree/ast.ts'
import { identify } from '../../dsl/tree/identify.ts'
import type { Hypothesis, Slice } from '../hypothesis.ts'
import type { MeasureShape } from '../series/measure-shape.ts'
import type { SeriesTemplate } from '../templates/template.ts'
import { type History, writeTest } from './write-exploration.ts'

export interface HypothesisInput {
  readonly catalog: Catalog
  readonly template: SeriesTemplate
  readonly metric: Metric
  readonly shape: MeasureShape
  readonly slice: Slice
  readonly history: History
}

/** The hypotheses of a template about one slice of a metric, one a detector, in the template's order. */
export function writeHypotheses({
  catalog,
  template,
  metric,
  shape,
  slice,
  history,
}: HypothesisInput): readonly Hypothesis[] {
  return template.detectors.map((detector) => {
    const text = writeTest(catalog, { metric, shape, slice, history, detector, options: template.options })
    return {
      key: identify(readTree(text, metric, slice)),
      template: template.name,
      origin: 'template',
      model: metric.model,
      metric: metric.name,
      measure: metric.measure,
      slice,
      detector,
      grain: history.grain,
      text,
      statement: template.state(metric, slice, detector),
    }
  })
}

/** Trees of texts without their `where` lines, and of `where` lines, as they were last read for a metric and for a slice. */
const restsOf = new WeakMap<Metric, Map<string, Tree>>()
const conditionsOf = new WeakMap<Slice, { readonly line: string; readonly step: Step }>()
/** Texts that are remembered of a metric: of each template and detector one, and those of the day before. */
const restsMax = 64

/**
 * The tree of a test's text. Texts about one metric differ in the `where` line alone, and those about one slice have that in common: each part is read
 * once, since reading whole texts took a tenth of a cycle.
 */
function readTree(text: string, metric: Metric, slice: Slice): Tree {
  const lines = text.split('\n')
  const at = lines.findIndex((line) => line.startsWith('where '))
  const [line, rest] = [lines[at]!, lines.toSpliced(at, 1).join('\n')]
  const rests = restsOf.get(metric) ?? new Map<string, Tree>()
  restsOf.set(metric, rests)
  const tree = rests.get(rest) ?? expectAccepted(parse(rest))
  if (rests.size >= restsMax) rests.clear()
  rests.set(rest, tree)
  const known = conditionsOf.get(slice)
  const step = known?.line === line ? known.step : expectAccepted(parse(`${lines[at - 1]}\n${line}\n`)).steps[1]!
  conditionsOf.set(slice, { line, step })
  return { ...tree, steps: [tree.steps[0]!, step, ...tree.steps.slice(1)] }
}

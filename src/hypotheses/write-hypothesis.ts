import { expectAccepted } from '../base/diagnostic.ts'
import type { Catalog, Metric } from '../catalog/catalog.ts'
import type { Tree } from '../dsl/ast.ts'
import { identify } from '../dsl/identify.ts'
import { parse } from '../dsl/parse.ts'
import type { Hypothesis, Slice } from './hypothesis.ts'
import type { MeasureShape } from './measure-shape.ts'
import type { SeriesTemplate } from './templates/template.ts'
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
  let tree: Tree | undefined
  return template.detectors.map((detector) => {
    const text = writeTest(catalog, { metric, shape, slice, history, detector, options: template.options })
    // They differ in the detector alone: reading one text is enough to know the trees of all.
    tree = tree ? withDetector(tree, detector) : expectAccepted(parse(text))
    return {
      key: identify(tree),
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

const withDetector = (tree: Tree, detector: string): Tree => ({
  ...tree,
  steps: tree.steps.map((step) => (step.kind === 'test' ? { ...step, detector } : step)),
})

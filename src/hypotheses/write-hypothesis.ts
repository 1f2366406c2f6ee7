import type { Catalog, Metric } from '../catalog/catalog.ts'
import type { Hypothesis, Slice } from './hypothesis.ts'
import { identifyText } from './identify-text.ts'
import type { MeasureShape } from './measure-shape.ts'
import type { Template } from './templates/template.ts'
import { type History, writeTest } from './write-exploration.ts'

export interface HypothesisInput {
  readonly catalog: Catalog
  readonly template: Template
  readonly metric: Metric
  readonly shape: MeasureShape
  readonly slice: Slice
  readonly detector: string
  readonly history: History
}

export function writeHypothesis({
  catalog,
  template,
  metric,
  shape,
  slice,
  detector,
  history,
}: HypothesisInput): Hypothesis {
  const text = writeTest(catalog, { metric, shape, slice, history, detector })
  return {
    key: identifyText(text),
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
}

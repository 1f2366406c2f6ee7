import { expectAccepted } from '../base/diagnostic.ts'
import type { Metric } from '../catalog/catalog.ts'
import { parse } from '../dsl/text/parse.ts'
import { identify } from '../dsl/tree/identify.ts'
import type { Hypothesis } from './hypothesis.ts'

/** What a template asks, without what follows from its text and its metric. */
type Asked = Omit<Hypothesis, 'key' | 'origin' | 'model' | 'metric' | 'measure'> & {
  readonly metric: Pick<Metric, 'model' | 'name' | 'measure'>
}

/** A hypothesis of a template: its key is that of the question that its text asks. */
export const makeHypothesis = ({ metric, ...asked }: Asked): Hypothesis => ({
  ...asked,
  key: identify(expectAccepted(parse(asked.text))),
  origin: 'template',
  model: metric.model,
  metric: metric.name,
  measure: metric.measure,
})

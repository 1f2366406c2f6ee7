import { expectAccepted } from '../base/diagnostic.ts'
import type { Catalog, Metric, Model } from '../catalog/catalog.ts'
import { identify } from '../dsl/identify.ts'
import { parse } from '../dsl/parse.ts'
import type { StoredVerdict } from '../findings/finding.ts'
import { buildCrossSection } from '../hypotheses/build-cross-section.ts'
import type { Hypothesis, SliceValue } from '../hypotheses/hypothesis.ts'
import { type Family, listFamilies } from '../hypotheses/list-families.ts'
import type { MeasureShape } from '../hypotheses/measure-shape.ts'
import { shapeKey } from '../hypotheses/plan-scans.ts'
import type { ScanTable } from '../hypotheses/scan-table.ts'
import { shapeMetrics } from '../hypotheses/shape-metrics.ts'
import { isShareOfRows, labelMember, type PeerSubject, writePeerTest } from '../hypotheses/write-standing.ts'
import { type JudgedNumbers, judgeSibling } from './judge-sibling.ts'

/** With fewer siblings how much they differ by nature cannot be learnt from them: the question is then whether one differs at all. */
const manyFrom = 8
/** A value that is so surely unlike the others is left out when the next is looked at, lest all others look unlike it. */
export const clearlyUnlike = 0.01
export const leftOutMax = 12

/** Compares every value of a table's fields with its siblings, where the model is looked at as a whole. */
export function testSiblings(catalog: Catalog, table: ScanTable): readonly StoredVerdict[] {
  const { scan } = table
  const model = catalog.models[scan.model]
  if (!model?.portrait || scan.dimensions.length === 0) return []
  const shapes = shapeMetrics(catalog)
  return scan.metrics.flatMap((name) => {
    const metric = model.metrics[name]
    const shape = metric && shapes[shapeKey(metric)]
    if (!metric || !shape?.isAdditive || isCountedTwice(model, metric)) return []
    return listFamilies(table, metric).flatMap((family) => testFamily({ catalog, table, family, metric, shape }))
  })
}

/** Whether a metric is the same measure as an earlier one, by another time of the row: it compares the same values again. */
export const isCountedTwice = ({ metrics }: Model, metric: Metric): boolean =>
  Object.values(metrics).find(({ measure }) => measure === metric.measure) !== metric

interface FamilyTest {
  readonly catalog: Catalog
  readonly table: ScanTable
  readonly family: Family
  readonly metric: Metric
  readonly shape: MeasureShape
}

type Options = PeerSubject['options']

/** Every value of a family once: the most unlike first, then the others without it, for as long as one is clearly unlike them. */
function testFamily({ catalog, table, family, metric, shape }: FamilyTest): readonly StoredVerdict[] {
  const { scan, periods } = table
  const { siblings, within } = family
  const section = buildCrossSection(siblings, metric.name, shape, isShareOfRows(metric, within))
  const history = { grain: scan.grain, periods: periods.length, today: scan.to }
  const members = new Map(siblings.map(({ member }) => [labelMember(member), member]))
  const isFew = section.labels.length < manyFrom
  const verdicts: StoredVerdict[] = []
  const tell = (label: string, judged: JudgedNumbers, options: Options) => {
    const member = members.get(label)!
    const hypothesis = writeHypothesis(catalog, { metric, shape, history, within, member, options })
    const volume = section.values[section.labels.indexOf(label)]! / periods.length
    verdicts.push({ hypothesis, scan: scan.id, kind: shape.kind, volume, ...judged })
  }
  const gone: string[] = []
  for (;;) {
    const options: Options = { ...(gone.length > 0 && { without: gone.join(', ') }), ...(isFew && { alike: true }) }
    const judged = section.labels
      .filter((label) => !gone.includes(label))
      .map((label) => ({ label, judged: judgeSibling({ section, shape, label, options }) }))
    const first = judged.reduce((most, one) => (pValueOf(one.judged) < pValueOf(most.judged) ? one : most), judged[0]!)
    if (first && pValueOf(first.judged) <= clearlyUnlike && gone.length < leftOutMax && !first.label.includes(', ')) {
      tell(first.label, first.judged, options)
      gone.push(first.label)
    } else {
      for (const one of judged) tell(one.label, one.judged, options)
      return verdicts
    }
  }
}

export const pValueOf = (judged: JudgedNumbers): number => (judged.status === 'tested' ? judged.numbers.pValue : 1)

function writeHypothesis(catalog: Catalog, subject: PeerSubject): Hypothesis {
  const { metric, history, within, member } = subject
  const text = writePeerTest(catalog, subject)
  const slice: readonly SliceValue[] = [...within, member]
  const conditions = slice.map(({ field, value }) => `${field} is ${value}`).join(' and ')
  return {
    key: identify(expectAccepted(parse(text))),
    template: 'value_among_siblings',
    origin: 'template',
    model: metric.model,
    metric: metric.name,
    measure: metric.measure,
    slice,
    detector: 'peer_outlier',
    grain: history.grain,
    text,
    statement: `${metric.label.toLowerCase()} where ${conditions} is unlike its siblings`,
  }
}

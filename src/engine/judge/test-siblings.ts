import type { Catalog, Metric, Model } from '../../catalog/catalog.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import type { Hypothesis, SliceValue } from '../../hypotheses/hypothesis.ts'
import { type Family, listFamilies } from '../../hypotheses/list-families.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import { buildCrossSection } from '../../hypotheses/series/build-cross-section.ts'
import type { MeasureShape } from '../../hypotheses/series/measure-shape.ts'
import { shapeKey } from '../../hypotheses/series/plan-scans.ts'
import type { ScanTable } from '../../hypotheses/series/scan-table.ts'
import { shapeMetrics } from '../../hypotheses/series/shape-metrics.ts'
import { isShareOfRows, labelMember, type PeerSubject, writePeerTest } from '../../hypotheses/write/write-standing.ts'
import { judgeOneByOne } from './judge-one-by-one.ts'
import { judgeSibling } from './judge-sibling.ts'

/** With fewer siblings how much they differ by nature cannot be learnt from them: the question is then whether one differs at all. */
const manyFrom = 8
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

/** Every value of a family once. */
function testFamily({ catalog, table, family, metric, shape }: FamilyTest): readonly StoredVerdict[] {
  const { scan, periods } = table
  const { siblings, within } = family
  const section = buildCrossSection(siblings, metric.name, shape, isShareOfRows(metric, within))
  const history = { grain: scan.grain, periods: periods.length, today: scan.to }
  const members = new Map(siblings.map(({ member }) => [labelMember(member), member]))
  const alike = section.labels.length < manyFrom && { alike: true }
  const all = judgeOneByOne(section.labels, (label, without) =>
    judgeSibling({ section, shape, label, options: { ...without, ...alike } }),
  )
  return all.map(({ label, judged, without }) => {
    const options = { ...without, ...alike }
    const hypothesis = writeHypothesis(catalog, {
      metric,
      shape,
      history,
      within,
      member: members.get(label)!,
      options,
    })
    const volume = section.values[section.labels.indexOf(label)]! / periods.length
    return { hypothesis, scan: scan.id, kind: shape.kind, volume, ...judged }
  })
}

function writeHypothesis(catalog: Catalog, subject: PeerSubject): Hypothesis {
  const { metric, history, within, member } = subject
  const text = writePeerTest(catalog, subject)
  const slice: readonly SliceValue[] = [...within, member]
  const conditions = slice.map(({ field, value }) => `${field} is ${value}`).join(' and ')
  return makeHypothesis({
    template: 'value_among_siblings',
    metric,
    slice,
    detector: 'peer_outlier',
    grain: history.grain,
    text,
    statement: `${metric.label.toLowerCase()} where ${conditions} is unlike its siblings`,
  })
}

import { formatSignedChange } from '../../base/format.ts'
import { addPeriods, type Day } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { listDetectors } from '../../detectors/index.ts'
import { quoteName } from '../../dsl/text/quote.ts'
import type { TestedVerdict } from '../../findings/candidate.ts'
import type { Finding } from '../../findings/finding.ts'
import { suggestionsNewMax } from '../../hypotheses/limits.ts'
import { writeSliceCondition } from '../../hypotheses/write/write-exploration.ts'
import { isMetricOpen } from '../../llm/describe-catalog.ts'
import { listClosedNames, namesClosed } from '../../llm/hide-names.ts'
import type { SuggestPromptInput } from '../../llm/write-suggest-prompt.ts'
import { findPreviousCycle } from '../../store/cycles.ts'
import type { Database } from '../../store/database.ts'
import { listCycleFindings } from '../../store/findings.ts'
import { listVerdictsOfWholes } from '../../store/verdicts.ts'

const findingsMax = 12
const metricsMax = 40
const askedMax = 30

const round = (value: number): string => String(Number(value.toPrecision(4)))

/** `signups where source = "ads": level_shift down −48% since 2026-09-14, 41.2 against 78.9 expected (new)`; accounts are never named. */
function describeFinding(catalog: Catalog, finding: Finding): string {
  const { model, metric, slice, kind, direction, change, from, observed, expected, state, by, origin } = finding
  const conditions = slice.map((one) => writeSliceCondition(catalog, model, one)).join(' and ')
  const what = [
    origin === undefined ? `${quoteName(metric)} of ${model}` : finding.metricLabel,
    by && `by ${by.join(' and ')}`,
    conditions && `where ${conditions}`,
  ]
  const when = from === null ? '' : ` since ${from}`
  const numbers = `${round(observed)} against ${round(expected)} expected`
  const by100 = change === null ? '' : ` ${formatSignedChange(change)}`
  return `${what.filter(Boolean).join(' ')}: ${kind} ${direction}${by100}${when}, ${numbers} (${state})`
}

/** One line a metric: what each detector came to that was asked of it as a whole. */
function describeMetrics(verdicts: readonly TestedVerdict[]): readonly string[] {
  const metrics = Map.groupBy(verdicts, ({ hypothesis: { model, metric } }) => `${quoteName(metric)} of ${model}`)
  return [...metrics].map(([name, own]) => {
    const { measure, grain } = own[0]!.hypothesis
    const tests = own.map(({ hypothesis: { detector }, numbers }) => {
      const { observed, expected, direction, from, pValue } = numbers
      return `${detector} ${direction} ${round(observed)} against ${round(expected)} expected${from === null ? '' : ` from ${from}`}, p ${pValue.toPrecision(2)}`
    })
    return `${name} = ${measure}, by ${grain}: ${tests.join('; ')}`
  })
}

/**
 * What a model is told that suggests hypotheses: of the last cycle before this one, its findings and the verdicts of each metric as a whole;
 * and what is asked already. Nothing that speaks of hidden or personal fields, no rows and no accounts.
 */
export async function briefSuggester(
  { catalog, database, workspace }: { catalog: Catalog; database: Database; workspace: string },
  asOf: Day,
  asked: readonly string[],
): Promise<SuggestPromptInput> {
  const closed = listClosedNames(catalog)
  const isOpen = (exploration: string) => !namesClosed(exploration, closed)
  const previous = await findPreviousCycle(database, workspace, asOf)
  const findings = previous ? await listCycleFindings(database, previous.id) : []
  const verdicts = previous ? await listVerdictsOfWholes(database, previous.id) : []
  const ofOpen = verdicts.filter(({ hypothesis: { model: name, metric } }) => {
    const model = catalog.models[name]
    const found = model?.metrics[metric]
    return model && found && isMetricOpen(model, found)
  })
  return {
    catalog,
    today: addPeriods(asOf, 1, 'day'),
    wanted: suggestionsNewMax,
    detectors: listDetectors('series').map(({ name, question }) => ({ name, question })),
    findings: findings
      .filter(({ exploration, model }) => isOpen(exploration) && catalog.models[model])
      .slice(0, findingsMax)
      .map((one) => describeFinding(catalog, one)),
    metrics: describeMetrics(ofOpen).slice(0, metricsMax),
    asked: asked.filter(isOpen).slice(0, askedMax),
  }
}

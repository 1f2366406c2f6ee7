import { accept, createDiagnostic, type Outcome, reject } from '../../base/diagnostic.ts'
import type { Day } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { format } from '../../dsl/text/format.ts'
import { formatNamed } from '../../dsl/text/format-expression.ts'
import type { Step, Tree } from '../../dsl/tree/ast.ts'
import { identify } from '../../dsl/tree/identify.ts'
import type { SharedScan } from '../hypothesis.ts'
import { isAsked, type Template } from '../templates/template.ts'
import { type AuthoredHypothesis, readAuthored } from './read-authored.ts'
import { type Claim, readClaim } from './read-claim.ts'

/** A hypothesis that a language model wrote, checked as one of the team's own is. */
export interface SuggestedHypothesis extends AuthoredHypothesis {
  readonly key: string
  /** In canonical text, without comments: what is kept. */
  readonly text: string
  readonly claim: Claim
}

/** Longest title, in characters: it begins a headline. */
const titleMax = 160

function withoutComments<S extends Step>(step: S): S {
  const { comments: _, note: __, ...rest } = step
  return rest as S
}

/** The question alone: what pins a run or speaks to readers is left out. */
const bareTree = ({ dsl, header: { params }, steps }: Tree): Tree => ({
  dsl,
  header: params ? { params } : {},
  steps: steps.map(withoutComments),
})

/**
 * Reads what a model suggested. Its title is made from its steps, never from the model's words: a headline says nothing that was not computed.
 * `nameOf` gives its name by its key.
 */
export function readSuggestion(
  text: string,
  {
    catalog,
    asOf,
    nameOf,
  }: { readonly catalog: Catalog; readonly asOf: Day; readonly nameOf: (key: string) => string },
): Outcome<SuggestedHypothesis> {
  const read = readAuthored({ name: 'suggestion', text }, { catalog, asOf })
  if (!read.ok) return read
  if (read.value.detector === 'pace')
    return reject(
      createDiagnostic({
        code: 'hypothesis-detector',
        message: 'what a metric is to reach is not for a language model to say',
        hint: 'Ask whether it changed its level, or its trend.',
      }),
    )
  const tree = bareTree(read.value.tree)
  const key = identify(tree)
  const claim = readClaim(read.value, catalog, key)
  const metric = read.value.metric ?? claim.metric
  const model = catalog.models[read.value.model]
  const what = metric?.label ?? `${model?.label ?? read.value.model}, ${read.value.measure}`
  const added = read.value.tree.steps.flatMap((step) => (step.kind === 'add' ? [formatNamed(step)] : []))
  const adds = added.length > 0 ? ` with ${added.join(', ')}` : ''
  const where = claim.conditions.length > 0 ? ` where ${claim.conditions.join(' and ')}` : ''
  const words = `Suggested: ${what}${adds}${where}`
  const title = words.length > titleMax ? `${words.slice(0, titleMax - 1)}…` : words
  return accept(
    { ...read.value, tree, metric, name: nameOf(key), title, origin: 'suggested', key, text: format(tree), claim },
    read.diagnostics,
  )
}

/** Whether the templates of a plan ask the same: a slice of a metric that one of its scans serves, by the same detector. */
export function isAskedByTemplates(
  { claim: { metric, slice }, detector }: Pick<SuggestedHypothesis, 'claim' | 'detector'>,
  {
    scans,
    templates,
    catalog,
  }: {
    readonly scans: readonly SharedScan[]
    readonly templates: readonly Template[]
    readonly catalog: Catalog
  },
): boolean {
  if (!metric || !slice) return false
  const nameSet = (fields: readonly string[]) => [...fields].sort().join('\n')
  const fields = nameSet(slice.map(({ field }) => field))
  const isServed = scans.some(
    ({ model, time, dimensions, metrics, hypothesis, reads }) =>
      !hypothesis &&
      !reads &&
      model === metric.model &&
      time === metric.time &&
      metrics.includes(metric.name) &&
      nameSet(dimensions) === fields,
  )
  return (
    isServed &&
    templates.some(
      (template) =>
        template.kind === 'series' &&
        template.detectors.includes(detector) &&
        isAsked(template, catalog, metric) &&
        template.dimensionSets(metric).some((set) => nameSet(set) === fields),
    )
  )
}

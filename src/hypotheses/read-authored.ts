import {
  accept,
  createDiagnostic,
  type Diagnostic,
  isError,
  type Outcome,
  reject,
  type Source,
} from '../base/diagnostic.ts'
import { suggestNames } from '../base/did-you-mean.ts'
import { type Day, type Grain, grains } from '../base/periods.ts'
import type { Catalog, Metric } from '../catalog/catalog.ts'
import { listDetectors } from '../detectors/index.ts'
import type { Named, Tree } from '../dsl/ast.ts'
import { compile } from '../dsl/compile.ts'
import type { TestClause } from '../dsl/exploration.ts'
import { format } from '../dsl/format.ts'
import { formatExpression } from '../dsl/format-expression.ts'
import { identify } from '../dsl/identify.ts'
import type { Hypothesis } from './hypothesis.ts'

/** A question of the team's own: a file in `hypotheses/` that holds one exploration over time with a test. */
export interface AuthoredHypothesis {
  /** The file's name without `.hunch`: unique, and kept as the name of what is measured. */
  readonly name: string
  /** What is looked at, as a headline begins: the first comment line of the file, or its name in words. */
  readonly title: string
  readonly tree: Tree
  readonly model: string
  readonly measure: string
  /** The metric of the catalog that is tested, where it is one. */
  readonly metric: Metric | undefined
  readonly grain: Grain
  readonly detector: string
  /** Absent: a file of the team's. */
  readonly origin?: 'watched' | 'suggested'
}

/** Periods and measure of the step that made the rows. */
interface Measured {
  readonly model: string
  readonly measure: string
  readonly metric: Metric | undefined
  readonly grain: Grain
}

const isGrain = (name: string): name is Grain => (grains as readonly string[]).includes(name)

/** Grain of the key that is called `time`: `day(created_at)`, `month = month(created_at)`. */
function findGrain(keys: readonly Named[], time: string): Grain | undefined {
  for (const { name, value } of keys) {
    // `from metric signups by week` names the grain alone
    const grain = value.kind === 'call' ? value.name : value.kind === 'path' ? value.parts.at(-1) : undefined
    if (grain !== undefined && isGrain(grain) && (name ?? grain) === time) return grain
  }
  return undefined
}

/** What the last grouping of a tree (or the metric that it starts from) measures by time. */
function findMeasured({ steps }: Tree, { measure, time }: TestClause, catalog: Catalog): Measured | undefined {
  const [first] = steps
  if (first?.kind === 'from_metrics') {
    const metric = Object.values(catalog.models)
      .map(({ metrics }) => metrics[measure])
      .find((one) => one !== undefined)
    const grain = findGrain(first.by, time)
    return metric && grain && { model: metric.model, measure: metric.measure, metric, grain }
  }
  const group = steps.findLast((step) => step.kind === 'group')
  if (first?.kind !== 'from' || group?.kind !== 'group') return undefined
  const grain = findGrain(group.keys, time)
  const found = group.measures.find((one) => one.name === measure)
  return found && grain && { model: first.model, measure: formatExpression(found.value), metric: undefined, grain }
}

const toWords = (name: string): string => {
  const words = name.replaceAll(/[-_]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `hypotheses/large-deals.hunch` is `large-deals`. */
const nameFile = (path: string): string =>
  path
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.hunch$/, '')

function readTitle(text: string, name: string): string {
  const comment = /^\s*#+\s*(\S.*)$/m.exec(text.split(/^\s*[^#\s]/m)[0] ?? '')?.[1]
  return comment?.trim().replace(/[.?!:]$/, '') ?? toWords(name)
}

/**
 * Reads a hypothesis that somebody wrote. Its exploration is as any other, but that it gives one row a period and ends in the test of a
 * detector of series; `as of` is pinned anew in each cycle.
 */
export function readAuthored(
  source: Source,
  { catalog, asOf }: { readonly catalog: Catalog; readonly asOf: Day },
): Outcome<AuthoredHypothesis> {
  const outcome = compile(source.text, { catalog, calendar: catalog.calendar, asOf, dialect: 'duckdb' }, source.name)
  if (!outcome.ok) return outcome
  const { tree, test } = outcome.value
  const name = nameFile(source.name)
  const span = { start: 0, end: source.text.length }
  const refuse = (input: Pick<Diagnostic, 'code' | 'message' | 'hint'> & Partial<Diagnostic>) =>
    reject(createDiagnostic({ source, span, ...input }))
  if (!test)
    return refuse({
      code: 'hypothesis-untested',
      message: 'a hypothesis ends in a test',
      hint: 'Close with a line such as `test level_shift signups over week`.',
    })
  const detectors = listDetectors('series').map((one) => one.name)
  if (!detectors.includes(test.detector))
    return refuse({
      code: 'hypothesis-detector',
      message: `no detector of series is called \`${test.detector}\``,
      hint: `There is ${detectors.map((one) => `\`${one}\``).join(', ')}.`,
      candidates: suggestNames(test.detector, detectors),
    })
  if (test.by.length > 0 || tree.blocks)
    return refuse({
      code: 'hypothesis-many',
      message: 'a hypothesis is about one series, not one of each group',
      hint: 'Choose one group with `where` and leave `by` and other blocks out, or write one file a group.',
    })
  const measured = findMeasured(tree, test, catalog)
  if (!measured)
    return refuse({
      code: 'hypothesis-shape',
      message: `\`${test.measure}\` over \`${test.time}\` is no measure by period that a step groups by`,
      hint: 'Begin with `from metric <name> by week`, or group by `day(…)`, `week(…)` or `month(…)` and test what is measured there.',
    })
  const title = readTitle(source.text, name)
  return accept(
    { name, title, tree, ...measured, detector: test.detector },
    outcome.diagnostics.filter((one) => !isError(one)),
  )
}

/** The hypothesis of a cycle that counts `today` as the day after the last one judged. */
export function toHypothesis(
  { name, title, tree, metric, origin, ...authored }: AuthoredHypothesis,
  today: Day,
): Hypothesis {
  const pinned: Tree = { ...tree, header: { ...tree.header, asOf: today } }
  return {
    key: identify(pinned),
    template: origin ?? `${name}.hunch`,
    origin: origin ?? 'authored',
    metric: name,
    slice: [],
    ...authored,
    text: format(pinned),
    statement: title,
    subject: { label: title, unit: metric?.unit, format: metric?.format ?? 'number', good: metric?.good },
  }
}

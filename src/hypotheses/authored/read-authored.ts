import {
  accept,
  createDiagnostic,
  type Diagnostic,
  isError,
  type Outcome,
  reject,
  type Source,
} from '../../base/diagnostic.ts'
import { suggestNames } from '../../base/did-you-mean.ts'
import type { Day } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { listDetectors } from '../../detectors/index.ts'
import { compile } from '../../dsl/compile.ts'
import { format } from '../../dsl/text/format.ts'
import type { Tree } from '../../dsl/tree/ast.ts'
import { identify } from '../../dsl/tree/identify.ts'
import type { Hypothesis } from '../hypothesis.ts'
import { authoredShapes, findMeasured, type Measured, shapeHints } from './find-measured.ts'

/** A question of the team's own: a file in `hypotheses/` that holds one exploration over time with a test. */
export interface AuthoredHypothesis extends Measured {
  /** The file's name without `.hunch`: unique, and kept as the name of what is measured. */
  readonly name: string
  /** What is looked at, as a headline begins: the first comment line of the file, or its name in words. */
  readonly title: string
  readonly tree: Tree
  readonly detector: string
  /** Absent: a file of the team's. */
  readonly origin?: 'watched' | 'suggested'
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
 * Reads a hypothesis that somebody wrote. Its exploration is as any other, but that it gives one row a period (of cohorts one a cohort and
 * age, of waiting times, values and behaviour one a member) and ends in the test of a detector of such rows; `as of` is pinned anew in each cycle.
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
  const asked = authoredShapes.flatMap((shape) => listDetectors(shape))
  const detectors = asked.map((one) => one.name)
  const shape = asked.find((one) => one.name === test.detector)?.shape
  if (!shape)
    return refuse({
      code: 'hypothesis-detector',
      message: `no detector that a hypothesis can ask is called \`${test.detector}\``,
      hint: `There is ${detectors.map((one) => `\`${one}\``).join(', ')}.`,
      candidates: suggestNames(test.detector, detectors),
    })
  if ((shape === 'series' && test.by.length > 0) || tree.blocks)
    return refuse({
      code: 'hypothesis-many',
      message: 'a hypothesis is about one series, not one of each group',
      hint: 'Choose one group with `where` and leave `by` and other blocks out, or write one file a group.',
    })
  const measured = findMeasured[shape]({ tree, test, catalog })
  if (!measured)
    return refuse({
      code: 'hypothesis-shape',
      message: `\`${test.measure}\` over \`${test.time}\` is not what ${test.detector} tests`,
      hint: shapeHints[shape],
    })
  const title = readTitle(source.text, name)
  return accept(
    { name, title, tree, ...measured, detector: test.detector },
    outcome.diagnostics.filter((one) => !isError(one)),
  )
}

const pickStyle = ({ unit, format: written }: Measured['style']) => ({ unit, format: written })

/** The hypothesis of a cycle that counts `today` as the day after the last one judged. */
export function toHypothesis(
  { name, title, tree, metric, style, good, origin, ...authored }: AuthoredHypothesis,
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
    // a suggestion may measure what a metric does without beginning from it
    subject: { label: title, ...pickStyle(metric ?? style), good: good ?? metric?.good },
  }
}

import { suggestNames } from '../../base/did-you-mean.ts'
import type { Model } from '../../catalog/catalog.ts'
import { aOrAn } from '../bind/bind-path.ts'
import { type Checker, openRelation, toPhrase } from '../check/checker.ts'
import type { Relation } from '../check/relation.ts'
import type { Rows } from '../check/rows.ts'
import { isSameWord } from '../check/same-word.ts'
import { lowerScan } from '../plan/lower-expression.ts'
import type { Cursor } from '../text/cursor.ts'
import { foreign } from '../text/parse-foreign.ts'
import { parseName } from '../text/parse-names.ts'
import { quoteName } from '../text/quote.ts'
import type { FromModel } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { pluralise } from '../words/describe-expression.ts'
import { defineStep } from './step.ts'

/** Other words for a model: its label, its table, its synonyms. */
const listWords = ({ name, label, source, synonyms }: Model): readonly string[] => [
  name,
  label,
  ...('table' in source ? [source.table] : []),
  ...synonyms,
]

/** Models that go by that name: written the same but for case, else in singular or plural. */
function findOwners(name: string, models: readonly Model[]): readonly string[] {
  const find = (fits: (word: string) => boolean) =>
    models.filter((model) => listWords(model).some(fits)).map((one) => one.name)
  const exact = find((word) => word.toLowerCase() === name.toLowerCase())
  return exact.length > 0 ? exact : find((word) => isSameWord(word, name))
}

/** The model called so, or undefined with the mistake reported. */
function findModel(step: FromModel, checker: Checker): Model | undefined {
  const { models } = checker.catalog
  if (Object.hasOwn(models, step.model)) return models[step.model]
  if (checker.blocks.names.includes(step.model)) return refuseBlock(step, checker)
  const owners = findOwners(step.model, Object.values(models))
  const [name] = owners.length === 1 ? owners : []
  const span = checker.spanOf(step)
  const text = name === undefined ? '' : `from ${quoteName(name)}`
  checker.report(step, {
    code: 'unknown-model',
    message: `there is no model \`${step.model}\``,
    hint: `There is ${
      Object.keys(models)
        .slice(0, 20)
        .map((one) => `\`${one}\``)
        .join(', ') || 'no model in the catalog'
    }.`,
    candidates: name === undefined ? suggestNames(step.model, Object.keys(models)) : [name],
    fixes: name === undefined || !span ? [] : [{ title: `${step.model} → ${name}`, span, text }],
  })
  return undefined
}

/** `from x` of a block lacks a word. */
function refuseBlock(step: FromModel, checker: Checker): undefined {
  const text = `from block ${quoteName(step.model)}`
  const span = checker.spanOf(step)
  checker.report(step, {
    code: 'unknown-model',
    message: `there is no model \`${step.model}\`, but a block`,
    hint: `Write \`${text}\`.`,
    fixes: span ? [{ title: `from ${step.model} → ${text}`, span, text }] : [],
  })
  return undefined
}

/** `from account a` of SQL: rows have no other name. */
function acceptAlias(cursor: Cursor): void {
  const start = cursor.mark()
  const ahead = cursor.isWord('as') ? 1 : 0
  if (cursor.peek(ahead)?.kind !== 'word' || cursor.peek(ahead + 1)) return
  for (let taken = 0; taken <= ahead; taken++) cursor.take()
  const span = cursor.spanFrom(start)
  cursor.report(foreign('columns are named without a name of their rows', 'other name of the rows left out', span, ''))
}

export const nothing: Relation = {
  columns: [],
  rows: undefined,
  grain: { kind: 'all' },
  order: [],
  hidden: new Map(),
  bounds: new Map(),
  repeats: [],
}

/** Where rows come from: one row per thing of a model. */
export const from = defineStep<FromModel, Rows | undefined>({
  kind: 'from',
  name: 'from',
  verb: 'from',
  summary: 'The rows to start with: those of a model.',
  grammar: ['from <model>'],
  example: 'from account\nshow name, plan',
  shape: { model: shapes.name },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    let model = parseName(cursor, 'the name of a model')
    // A table with its schema: what the catalog calls it is said in the check.
    while (cursor.acceptSymbol('.')) model += `.${parseName(cursor, 'the name of a table')}`
    const step = cursor.place(start, { kind: 'from', model } as const)
    acceptAlias(cursor)
    return step
  },
  format: ({ model }) => `from ${quoteName(model)}`,
  check: (step, _before, checker) => {
    const model = findModel(step, checker)
    const after = model ? openRelation(checker, model) : nothing
    return { after, bound: after.rows }
  },
  describe: (_step, { bound }) => {
    if (!bound) return 'Start with nothing'
    const { label } = bound.scan.model
    return `Start with all ${pluralise(label)}, one row for each ${aOrAn(toPhrase(label)).replace(/^an? /, '')}`
  },
  lower: (rows, builder) => {
    if (rows) builder.push((_nothing, step) => lowerScan(rows.scan, { ...builder, step }))
  },
})

import type { Source, Span } from '../../base/diagnostic.ts'
import { findFunction } from '../functions/index.ts'
import { type PlanContext, planExploration } from '../plan/plan-exploration.ts'
import { isVerb, steps } from '../steps/index.ts'
import { readTokens, type Token } from '../text/tokens.ts'
import { findFieldAt, findInnerModel, readPathBefore } from './find-owner.ts'
import { findPlace } from './find-place.ts'

/** What a reader is told about the word under the pointer, in Markdown. */
export interface Hover {
  readonly text: string
  readonly span: Span
}

const stepAt = (text: string, offset: number): string => {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  return text.slice(start, end < 0 ? undefined : end)
}

/** The sentence of the step on the line of `offset`, where the exploration up to there holds. */
function findSentence({ text, name }: Source, offset: number, context: PlanContext): string | undefined {
  const end = text.indexOf('\n', offset)
  const planned = planExploration(end < 0 ? text : text.slice(0, end), context, name)
  return planned.ok ? planned.value.steps.at(-1)?.sentence : undefined
}

function describeVerb(token: Token, source: Source, context: PlanContext): string {
  const word = token.value.toLowerCase()
  const definition =
    steps.find(({ name, verb }) => verb === word && stepAt(source.text, token.span.start).trim().startsWith(name)) ??
    steps.find(({ verb }) => verb === word)
  const sentence = findSentence(source, token.span.start, context)
  const grammar = definition?.grammar.map((form) => `    ${form}`).join('\n') ?? ''
  return [sentence === undefined ? undefined : `**${sentence}**`, definition?.summary, grammar]
    .filter((part) => part !== undefined)
    .join('\n\n')
}

function describeName(token: Token, before: readonly Token[], source: Source, context: PlanContext) {
  const { catalog } = context
  const { relation } = findPlace(source, token.span.start, context)
  const inner = findInnerModel(before, relation, catalog)
  const parts = [...(before.at(-1)?.value === '.' ? readPathBefore(before) : []), token.value]
  const column = parts.length === 1 && !inner ? relation.columns.find(({ name }) => name === token.value) : undefined
  const field = findFieldAt(parts, inner, relation, catalog)
  const metric = Object.values(catalog.models).flatMap(({ metrics }) => metrics[token.value] ?? [])[0]
  const model = Object.hasOwn(catalog.models, token.value) ? catalog.models[token.value] : undefined
  if (field) {
    const values = field.values
      .map(({ value, label }) => `\`${value}\`${label === value ? '' : ` ${label}`}`)
      .join(' · ')
    return [`**${field.label}** (${field.type}${field.unit ? `, ${field.unit}` : ''})`, field.description, values]
  }
  if (column) return [`**${column.label}** (${column.type}${column.unit ? `, ${column.unit}` : ''})`]
  if (model) return [`**${model.label}**`, model.description]
  if (metric) return [`**${metric.label}**: \`${metric.measure}\``, metric.description]
  return []
}

/** What stands under `offset`, said in plain words: the sentence of its step, a function, a column. */
export function hover(source: Source, offset: number, context: PlanContext): Hover | undefined {
  const { tokens } = readTokens(source)
  const at = tokens.findIndex(({ span }) => span.start <= offset && offset < span.end)
  const token = tokens[at]
  if (!token || (token.kind !== 'word' && token.kind !== 'name')) return undefined
  const line = tokens.findLastIndex(({ kind }, index) => index < at && kind === 'newline')
  const before = tokens.slice(line + 1, at)
  const definition = tokens[at + 1]?.value === '(' ? findFunction(token.value) : undefined
  const parts = definition
    ? [`\`${definition.signature}\``, definition.summary, `\`${definition.example}\``]
    : before.length === 0 && isVerb(token.value)
      ? [describeVerb(token, source, context)]
      : describeName(token, before, source, context)
  const text = parts.filter((part) => part !== undefined && part !== '').join('\n\n')
  return text === '' ? undefined : { text, span: token.span }
}

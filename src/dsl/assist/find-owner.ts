import type { Catalog, Field, Model } from '../../catalog/catalog.ts'
import { findOwn } from '../check/find-own.ts'
import { findColumn, type Relation } from '../check/relation.ts'
import type { Token } from '../text/tokens.ts'

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'name'
const isSymbol = (token: Token | undefined, ...values: readonly string[]): boolean =>
  token?.kind === 'symbol' && values.includes(token.value)

/** The parts of the path that ends right before `end`: `account.owner.` gives `account`, `owner`. */
export function readPathBefore(tokens: readonly Token[], end = tokens.length): readonly string[] {
  const parts: string[] = []
  let at = end - 1
  if (isSymbol(tokens[at], '.')) at--
  while (at >= 0 && isName(tokens[at])) {
    parts.unshift(tokens[at]!.value)
    if (!isSymbol(tokens[at - 1], '.')) break
    at -= 2
  }
  return parts
}

/** The model that a path of relations leads to. */
export function followPath(parts: readonly string[], start: Model | undefined, { models }: Catalog): Model | undefined {
  return parts.reduce<Model | undefined>((model, part) => {
    const relation = findOwn(model?.relations, part)
    return relation && models[relation.to]
  }, start)
}

/** Words between the parts of a step that follows what was done, and the colon before the stages of a funnel. */
const clauses: ReadonlySet<string> = new Set(['where', 'for', 'within', 'by', 'on', ':', 'any', 'strict', 'ordered'])

/** The model of the events that a step follows, where its fields may be named: behind `where`, or in the stages of a funnel. */
export function findEventModel(tokens: readonly Token[], relation: Relation, catalog: Catalog): Model | undefined {
  const words = tokens.map(({ value }) => value.toLowerCase())
  const isFunnel = words[0] === 'funnel'
  if (!isFunnel && words[0] !== 'retention' && words[0] !== 'lifecycle') return undefined
  const start = isFunnel ? 0 : words.indexOf('on')
  const isCall = (at: number) => words[at] === 'any' && isSymbol(tokens[at + 1], '(')
  const clause = words.findLastIndex((word, at) => at > start && clauses.has(word) && !isCall(at))
  if (start < 0 || clause < 0 || !(words[clause] === 'where' || words[clause] === ':')) return undefined
  const end = tokens.findIndex((token, at) => at > start + 1 && !isSymbol(token, '.') && !isSymbol(tokens[at - 1], '.'))
  const path = readPathBefore(tokens, end)
  const outer = relation.rows?.scan.model
  return followPath(path, outer, catalog) ?? followPath(path.slice(0, -1), outer, catalog)
}

/**
 * The model whose fields may be named at the end of `tokens`: behind `count(users where …` that of the related rows, else undefined, which
 * is the step's own rows.
 */
export function findInnerModel(tokens: readonly Token[], relation: Relation, catalog: Catalog): Model | undefined {
  let depth = 0
  for (let at = tokens.length - 1; at >= 0; at--) {
    if (isSymbol(tokens[at], ')')) depth++
    if (!isSymbol(tokens[at], '(') || depth-- > 0) continue
    const inside = tokens.slice(at + 1)
    const where = inside.findIndex(({ kind, value }) => kind === 'word' && value === 'where')
    const outer = findInnerModel(tokens.slice(0, at), relation, catalog) ?? relation.rows?.scan.model
    const path = where > 0 ? readPathBefore(inside, where) : []
    const end = followPath(path, outer, catalog) ?? followPath(path.slice(0, -1), outer, catalog)
    return end !== undefined && end !== outer ? end : outer === relation.rows?.scan.model ? undefined : outer
  }
  return findEventModel(tokens, relation, catalog)
}

/** The catalog's field that a path names. */
export function findFieldAt(
  parts: readonly string[],
  inner: Model | undefined,
  relation: Relation,
  catalog: Catalog,
): Field | undefined {
  const last = parts.at(-1) ?? ''
  const column = parts.length === 1 && !inner ? findColumn(relation, last) : undefined
  const model = followPath(parts.slice(0, -1), inner ?? relation.rows?.scan.model, catalog)
  return column?.field ?? findOwn(model?.fields, last)
}

import { createDiagnostic, type Diagnostic, type Source } from '../../base/diagnostic.ts'
import { quoteName } from '../text/quote.ts'
import type { Token } from '../text/tokens.ts'

/** A column of the list behind `select`. */
interface Item {
  readonly text: string
  readonly name: string | undefined
}

/** The parts of a `select` over one table, as they are written. */
interface Statement {
  readonly isDistinct: boolean
  readonly items: readonly Item[]
  readonly table: string
  readonly where: string
  readonly keys: readonly string[]
  readonly having: string
  readonly order: readonly string[]
  readonly limit: string
}

type Clause = 'select' | 'from' | 'where' | 'group' | 'having' | 'order' | 'limit'
const clauses: readonly Clause[] = ['select', 'from', 'where', 'group', 'having', 'order', 'limit']
const aggregates = /\b(count|sum|avg|min|max|median|stddev|variance|string_agg|array_agg|percentile_cont)\s*\(/i

const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === 'word' && token.value.toLowerCase() === word

/** Tokens at their clause; undefined where the statement has others, or one twice. */
function splitClauses(tokens: readonly Token[]): ReadonlyMap<Clause, readonly Token[]> | undefined {
  const found = new Map<Clause, Token[]>()
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'symbol') depth += token.value === '(' ? 1 : token.value === ')' ? -1 : 0
    const clause = depth === 0 ? clauses.find((one) => isWord(token, one)) : undefined
    if (clause && found.has(clause)) return undefined
    if (clause) found.set(clause, [])
    else [...found.values()].at(-1)?.push(token)
  }
  return found
}

/** Parts between commas that stand in no parentheses. */
function splitCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.kind === 'symbol') depth += token.value === '(' ? 1 : token.value === ')' ? -1 : 0
    if (depth === 0 && token.kind === 'symbol' && token.value === ',') parts.push([])
    else parts.at(-1)!.push(token)
  }
  return parts.filter((part) => part.length > 0)
}

/** The table and what it is called in the statement; undefined where there are several. */
function readTable(
  tokens: readonly Token[],
): { readonly table: string; readonly alias: string | undefined } | undefined {
  const parts: string[] = []
  let at = 0
  for (; tokens[at]?.kind === 'word' || tokens[at]?.kind === 'name' || tokens[at]?.kind === 'text'; at += 2) {
    parts.push(tokens[at]!.value)
    if (tokens[at + 1]?.value !== '.') break
  }
  const rest = tokens.slice(at + 1).filter((token) => !isWord(token, 'as'))
  const [alias, ...more] = rest
  if (parts.length === 0 || more.length > 0 || (alias && alias.kind !== 'word')) return undefined
  return { table: parts.join('.'), alias: alias?.value }
}

/** What is written, on one line, without the table's name before its columns. */
function write(source: Source, tokens: readonly Token[], owners: readonly string[]): string {
  let text = ''
  let end: number | undefined
  for (const [at, token] of tokens.entries()) {
    const isOwner = (one: Token | undefined) => one?.kind === 'word' && owners.includes(one.value.toLowerCase())
    const isBefore = isOwner(token) && tokens[at + 1]?.value === '.'
    const isDot = token.value === '.' && isOwner(tokens[at - 1]) && tokens[at - 2]?.value !== '.'
    if (isBefore || isDot) continue
    const gap = end === undefined || end === token.span.start || text === '' ? '' : ' '
    text += `${gap}${source.text.slice(token.span.start, token.span.end)}`
    end = token.span.end
  }
  return text.trim()
}

function readItem(tokens: readonly Token[], write: (tokens: readonly Token[]) => string): Item {
  const last = tokens.at(-1)
  const isNamed = isWord(tokens.at(-2), 'as') && last !== undefined
  return isNamed ? { text: write(tokens.slice(0, -2)), name: last.value } : { text: write(tokens), name: undefined }
}

function readStatement(source: Source, tokens: readonly Token[]): Statement | undefined {
  const parts = splitClauses(tokens)
  const from = parts && readTable(parts.get('from') ?? [])
  if (!from) return undefined
  const owners = [from.table.split('.').at(-1)!, ...(from.alias === undefined ? [] : [from.alias])]
  const say = (some: readonly Token[]) =>
    write(
      source,
      some,
      owners.map((one) => one.toLowerCase()),
    )
  const take = (clause: Clause, skipped = 0) => (parts.get(clause) ?? []).slice(skipped)
  const list = take('select')
  const isDistinct = isWord(list[0], 'distinct')
  const limit = take('limit')
  if (limit.length > 1) return undefined
  const items = splitCommas(isDistinct ? list.slice(1) : list).map((one) => readItem(one, say))
  const pick = (text: string) => items[/^\d+$/.test(text) ? Number(text) - 1 : -1]
  return {
    isDistinct,
    items,
    table: from.table,
    where: say(take('where')),
    // `group by 1` and `order by 2 desc` are said of the list behind `select`.
    keys: splitCommas(take('group', 1)).map((one) => pick(say(one))?.text ?? say(one)),
    having: say(take('having')),
    order: splitCommas(take('order', 1)).map((one) => {
      const item = pick(say(one.slice(0, 1)))
      return item ? `${item.name ?? item.text}${one.length > 1 ? ` ${say(one.slice(1))}` : ''}` : say(one)
    }),
    limit: say(limit),
  }
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** The name of an aggregate; one that has none is called after what it is, as `sum_amount`. */
function findName({ text, name }: Item): string | undefined {
  if (name !== undefined) return quoteName(name)
  const [, word, value] = /^(\w+)\s*\(\s*(\*|\w*)\s*\)$/.exec(text) ?? []
  return word === undefined ? undefined : [word.toLowerCase(), value].filter((part) => part && part !== '*').join('_')
}

/** What is written, with aggregates by their names. */
const nameAggregates = (text: string, items: readonly Item[]): string =>
  items.reduce((said, item) => said.replaceAll(item.text, findName(item) ?? item.text), text)

function writeGrouped({ items, keys, having, order, limit, ...rest }: Statement): readonly string[] {
  const isKey = (item: Item) => keys.some((key) => isSame(key, item.text) || isSame(key, item.name ?? ''))
  const named = (item: Item) => (item.name === undefined ? item.text : `${quoteName(item.name)} = ${item.text}`)
  const by = keys.map((key) => {
    const item = items.find((one) => isSame(one.text, key) || isSame(one.name ?? '', key))
    return item ? named(item) : key
  })
  const measures = items.filter((item) => !isKey(item))
  return [
    `from ${quoteName(rest.table)}`,
    ...(rest.where === '' ? [] : [`where ${rest.where}`]),
    `${by.length === 0 ? 'group all' : `group by ${by.join(', ')}`}${measures.length === 0 ? '' : `: ${measures.map(named).join(', ')}`}`,
    ...(having === '' ? [] : [`where ${nameAggregates(having, measures)}`]),
    ...(order.length === 0 ? [] : [`sort ${order.map((one) => nameAggregates(one, measures)).join(', ')}`]),
    ...(limit === '' ? [] : [`limit ${limit}`]),
  ]
}

function writePlain({ items, isDistinct, order, limit, table, where }: Statement): readonly string[] {
  const columns = items.map(({ text, name }) => (name === undefined ? text : `${text} as ${quoteName(name)}`))
  const show = columns.join() === '*' ? [] : [`show ${columns.join(', ')}`, ...(isDistinct ? ['unique'] : [])]
  const sorted = [
    ...(order.length === 0 ? [] : [`sort ${order.join(', ')}`]),
    ...(limit === '' ? [] : [`limit ${limit}`]),
  ]
  const usesName = items.some(({ name }) => order.some((one) => name !== undefined && isSame(one.split(' ')[0]!, name)))
  return [
    `from ${quoteName(table)}`,
    ...(where === '' ? [] : [`where ${where}`]),
    ...(usesName || isDistinct ? [...show, ...sorted] : [...sorted, ...show]),
  ]
}

/** A text that is a `select` of SQL and no exploration: mended where it reads one table and nothing within it. */
export function findStatement(source: Source, all: readonly Token[]): Diagnostic | undefined {
  const tokens = all.filter(({ kind, value }) => kind !== 'newline' && kind !== 'comment' && value !== ';')
  const hasFrom = tokens.some((token) => isWord(token, 'from'))
  if (!isWord(tokens[0], 'select') || !hasFrom) return undefined
  const statement = readStatement(source, tokens)
  const isGrouped =
    statement && (statement.keys.length > 0 || statement.items.some(({ text }) => aggregates.test(text)))
  const isOver = tokens.some((token) => isWord(token, 'over'))
  const text = statement && !isOver ? (isGrouped ? writeGrouped : writePlain)(statement).join('\n') : undefined
  const span = { start: tokens[0]!.span.start, end: tokens.at(-1)!.span.end }
  return createDiagnostic({
    code: 'foreign-words',
    message: 'a `select` of SQL is no exploration',
    hint:
      text === undefined
        ? 'Begin with `from` and the model whose rows are counted; write columns of other models as paths (`account.plan`), then `where`, `group by plan: n = count()`, `sort` and `limit`, one step a line.'
        : `Write\n${text}`,
    source,
    span,
    fixes: text === undefined ? [] : [{ title: 'select … → steps', span: { start: 0, end: source.text.length }, text }],
  })
}

import type { Cursor } from '../text/cursor.ts'
import { formatExpression } from '../text/format-expression.ts'
import { parseDirection } from '../text/parse-clauses.ts'
import { foreign } from '../text/parse-foreign.ts'
import { acceptComma } from '../text/parse-names.ts'
import type { Call, Expression, Path, SortItem } from '../tree/ast.ts'
import { toHundred } from './parts.ts'

type Parse = (cursor: Cursor) => Expression

const sums: ReadonlySet<string> = new Set(['sum', 'count', 'avg', 'min', 'max', 'median', 'stddev', 'variance'])
const beside: Readonly<Record<string, string>> = { lag: 'previous', lead: 'next' }

/** What a window function of SQL is here; undefined where the language says it in another way. */
function findMeant(call: Call, per: readonly Path[], order: readonly SortItem[]): Call | undefined {
  const name = call.name.toLowerCase()
  const apart = per.length > 0 ? { per } : {}
  const [first, ...more] = order
  const [value] = call.args
  if (more.length > 0) return undefined
  if (sums.has(name)) return first ? undefined : { ...call, name, ...(per.length > 0 ? { per } : { per: 'all' }) }
  if (!first) return undefined
  const ascending = first.descending ? {} : ({ ascending: true } as const)
  if (name === 'row_number' && !value) return { kind: 'call', name, args: [], by: first, ...apart }
  if ((name === 'rank' || name === 'dense_rank') && !value)
    return { kind: 'call', name, args: [first.value], ...ascending, ...apart }
  if (name === 'ntile' && value) return { kind: 'call', name, args: [first.value, value], ...ascending, ...apart }
  const other = beside[name]
  const [, offset] = call.args
  const isNext = offset === undefined || (offset.kind === 'number' && offset.value === 1)
  return other && value && isNext && !first.descending
    ? { kind: 'call', name: other, args: [value], by: first, ...apart }
    : undefined
}

function parseOrder(cursor: Cursor, parse: Parse): SortItem {
  const start = cursor.mark()
  const value = parse(cursor)
  const descending = parseDirection(cursor, 'asc') === 'desc'
  if (cursor.acceptWord('nulls')) cursor.take()
  return cursor.place(start, { value, descending })
}

function parseItems<T>(cursor: Cursor, parseOne: () => T): readonly T[] {
  const items = [parseOne()]
  while (acceptComma(cursor, ')')) items.push(parseOne())
  return items
}

/** `percentile_cont(0.9) within group (order by x)` of SQL. */
export function acceptWithin(cursor: Cursor, start: number, call: Call, parse: Parse): Call {
  if (!cursor.isWord('within', 'group') || cursor.peek(2)?.value !== '(') return call
  for (let skipped = 0; skipped < 3; skipped++) cursor.take()
  cursor.acceptWord('order', 'by')
  const { value, descending } = parseOrder(cursor, parse)
  cursor.expectSymbol(')')
  const name = call.name.toLowerCase()
  const [fraction] = call.args
  const isPercentile = fraction?.kind === 'number' && /^percentile_(cont|disc)$/.test(name) && !descending
  const meant: Call | undefined = isPercentile
    ? { kind: 'call', name: 'percentile', args: [value, { kind: 'number', value: toHundred(Number(fraction.value)) }] }
    : name === 'mode'
      ? { kind: 'call', name, args: [value] }
      : undefined
  if (!meant)
    return cursor.stop({
      code: 'foreign-words',
      message: `\`${call.name}(…) within group (…)\` is said without \`within group\` here`,
      hint: 'Write `percentile(x, 90)`, `median(x)`, `mode(x)` or `list(x)`.',
      span: cursor.spanFrom(start),
    })
  const text = formatExpression(meant)
  cursor.report(
    foreign(`it is written \`${text}\``, `${call.name}(…) within group → ${text}`, cursor.spanFrom(start), text),
  )
  return cursor.place(start, meant)
}

/** `row_number() over (partition by k order by x desc)` of SQL, behind the call: what it is here, or a word on how it is said. */
export function acceptOver(cursor: Cursor, start: number, call: Call, parse: Parse): Call {
  if (!cursor.isWord('over') || cursor.peek(1)?.value !== '(') return call
  cursor.take()
  cursor.take()
  const per = cursor.acceptWord('partition', 'by') ? parseItems(cursor, () => parse(cursor)) : []
  const order = cursor.acceptWord('order', 'by') ? parseItems(cursor, () => parseOrder(cursor, parse)) : []
  const paths = per.filter((one) => one.kind === 'path')
  const isWhole = cursor.isSymbol(')') && paths.length === per.length
  const meant = isWhole ? findMeant(call, paths, order) : undefined
  const written = `${call.name}(…) over (…)`
  if (!meant)
    return cursor.stop({
      code: 'foreign-words',
      message: `\`${written}\` is said without \`over\` here`,
      hint: 'Write `sum(x per k)`, `rank(x per k)`, `row_number(by x per k)` or `previous(x by t)`; add up along the rows with `running_sum(x)`, over some of them with `moving_avg(x, 3)`.',
      span: cursor.spanFrom(start),
    })
  cursor.expectSymbol(')')
  const text = formatExpression(meant)
  cursor.report(foreign(`\`${written}\` is written \`${text}\``, `${written} → ${text}`, cursor.spanFrom(start), text))
  return cursor.place(start, meant)
}

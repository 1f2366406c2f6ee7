import { nameLengthMax } from '../plan/name-book.ts'
import { formatExpression } from '../text/format-expression.ts'
import { quoteName } from '../text/quote.ts'
import type { Named } from '../tree/ast.ts'
import type { Scope } from './checker.ts'

/** The one of `taken` that engines take for `name`: DuckDB does not mind the case, even in quotes. */
export const findClash = (name: string, taken: ReadonlySet<string>): string | undefined =>
  taken.has(name) ? name : [...taken].find((other) => other.toLowerCase() === name.toLowerCase())

/** The first of `name_2`, `name_3` … that is free. */
function findNumbered(name: string, taken: ReadonlySet<string>): string {
  let count = 2
  while (findClash(`${name}_${count}`, taken) !== undefined) count++
  return `${name}_${count}`
}

/** `name` as long as it is free, else with the first number that makes it so. */
export const findFree = (name: string, taken: ReadonlySet<string>): string =>
  findClash(name, taken) === undefined ? name : findNumbered(name, taken)

/** The name that a new column takes, written or by default; a clash, a missing or an endless one is reported. */
export function checkNewName(
  named: Named,
  byDefault: string | undefined,
  taken: ReadonlySet<string>,
  { checker }: Pick<Scope, 'checker'>,
  write: (name: string, value: string) => string = (name, value) => `${name} = ${value}`,
): string {
  const name = named.name ?? byDefault
  const value = formatExpression(named.value)
  const span = checker.spanOf(named)
  const fix = (free: string) => {
    const text = write(quoteName(free), value)
    return span ? [{ title: `named \`${free}\``, span, text }] : []
  }
  if (name === undefined) {
    checker.report(named, {
      code: 'name-missing',
      message: `\`${value}\` has no name to be known by`,
      hint: `Write one before it, as \`${write('x', value)}\`.`,
      fixes: fix('value'),
    })
    return value
  }
  if (name.length > nameLengthMax || name === '')
    checker.report(named, {
      code: 'name-length',
      message: `a name has 1 to ${nameLengthMax} letters`,
      hint: 'Choose a shorter name.',
    })
  const clash = findClash(name, taken)
  if (clash === undefined) return name
  const free = findFree(name, taken)
  const hint = `Name it otherwise, as \`${write(quoteName(free), value)}\`.`
  if (clash === name) {
    checker.report(named, {
      code: 'name-taken',
      message: `there is already a column \`${name}\``,
      hint,
      fixes: fix(free),
    })
    return free
  }
  // Not mended: what later steps mean by the name is for the writer to say.
  checker.report(named, {
    code: 'name-case',
    message: `\`${name}\` and the column \`${clash}\` differ by case only`,
    hint,
    candidates: [free],
  })
  return name
}

import type { Named } from './ast.ts'
import type { Scope } from './checker.ts'
import { formatExpression } from './format-expression.ts'
import { nameLengthMax } from './name-book.ts'
import { quoteName } from './quote.ts'

/** The first of `name_2`, `name_3` … that is free. */
function findFree(name: string, taken: ReadonlySet<string>): string {
  let count = 2
  while (taken.has(`${name}_${count}`)) count++
  return `${name}_${count}`
}

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
  if (!taken.has(name)) return name
  const free = findFree(name, taken)
  checker.report(named, {
    code: 'name-taken',
    message: `there is already a column \`${name}\``,
    hint: `Name it otherwise, as \`${write(quoteName(free), value)}\`.`,
    fixes: fix(free),
  })
  return free
}

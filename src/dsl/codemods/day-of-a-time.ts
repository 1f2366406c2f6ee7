import type { Expression } from '../tree/ast.ts'
import { findDefaultName } from '../tree/default-name.ts'
import type { Codemod } from './codemod.ts'
import { mapObjects } from './codemod.ts'

type Members = Readonly<Record<string, unknown>>

const isDate = (value: unknown): value is Expression => {
  const { kind, name, args } = (value ?? {}) as Members
  return kind === 'call' && name === 'date' && Array.isArray(args) && args.length === 1
}

/** Lists of expressions that take a name by default. */
const listsOfNamed = ['keys', 'measures', 'columns', 'by'] as const

/** An unnamed `date(x)` was called `date_x`, and later steps say so: the name is kept. */
function keepName(value: unknown): unknown {
  const named = value as Members
  if (typeof value !== 'object' || !isDate(named.value) || named.name !== undefined || 'descending' in named)
    return value
  return { name: findDefaultName(named.value, () => false), ...named }
}

/**
 * `date(x)` of a moment is `day(x)` from version 2 on: `date` is for reading a date out of a text, and one function with two meanings could
 * not be told apart by a reader.
 */
export const dayOfATime: Codemod = {
  from: 1,
  title: 'the day of a moment is `day(x)`; `date(x)` reads a date out of a text',
  change: (tree) => {
    const withNames = mapObjects(tree, (object) => ({
      ...object,
      ...Object.fromEntries(
        listsOfNamed.flatMap((list) => {
          const items = object[list]
          return Array.isArray(items) ? [[list, items.map(keepName)]] : []
        }),
      ),
    }))
    return mapObjects(withNames, (object) => (isDate(object) ? { ...object, name: 'day' } : object)) as typeof tree
  },
}

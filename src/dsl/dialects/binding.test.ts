import { expect, test } from 'vitest'
import { type AggregateParts, binding, type Dialect, type Fragment } from './dialect.ts'
import { dialects } from './index.ts'

const types = ['number', 'text', 'timestamp', 'date', 'boolean'] as const

/** An argument is by itself where it begins, and where it ends; or it stands in parentheses. */
const begins = /(^|[(,[]\s*|\b(WHEN|THEN|ELSE|DISTINCT|BY|FROM)\s+)$/
const ends = /^(\s*[),\]]|\s+(THEN|END|ELSE|AS|FROM|ORDER|SEPARATOR|USING|DESC|ASC|NULLS|LIMIT)\b|$)/
/** Values hold together more tightly than this; only emptiness is asked of what is true or false, too. */
const endsValue = /^ IS (NOT )?NULL\b/

function* listCalls({ scalars, aggregates, writeSame, writeMatch }: Dialect, args: readonly Fragment[]) {
  for (const [name, write] of Object.entries(scalars)) yield [name, () => write(args)] as const
  const parts: AggregateParts = { args, suffix: '' }
  for (const [name, write] of Object.entries(aggregates)) yield [name, () => write(parts)] as const
  const [left, right] = args
  if (!left || !right) return
  yield ['same', () => writeSame(left, right, true)] as const
  yield ['match', () => writeMatch(left, right)] as const
}

/** Of arguments that do not fit a function nothing is asked. */
function writeOrNothing(write: () => Fragment): string {
  try {
    return write().text
  } catch {
    return ''
  }
}

test.each(dialects.map((dialect) => [dialect.name, dialect] as const))(
  'on %s no argument of a function runs into what stands beside it',
  (_, dialect) => {
    const loose: string[] = []
    for (const type of types)
      for (const isDouble of [false, true])
        for (const count of [1, 2, 3, 4]) {
          const args = Array.from({ length: count }, (_, at) => ({
            text: `«${at}»`,
            binds: binding.or,
            type,
            isDouble,
          }))
          // alternatives bind as loosely as their arguments
          for (const [name, write] of [...listCalls(dialect, args)].filter(([one]) => one !== 'or')) {
            const text = writeOrNothing(write)
            for (const { 0: own, index } of text.matchAll(/«\d»/g)) {
              const [before, after] = [text.slice(0, index), text.slice(index + own.length)]
              const isClear = ends.test(after) || (name !== 'is_empty' && endsValue.test(after))
              if (!begins.test(before) || !isClear) loose.push(`${name} of ${type}: ${text}`)
            }
          }
        }
    expect(loose).toEqual([])
  },
)

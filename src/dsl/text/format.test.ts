import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trees } from '../../../tests/support/arbitrary-tree.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import type { Tree } from '../tree/ast.ts'
import { format } from './format.ts'
import { parse } from './parse.ts'

const reformat = (text: string) => format(expectAccepted(parse(text)))

test('the tree of a formatted tree is that tree', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      expect(expectAccepted(parse(format(tree)))).toEqual(tree)
    }),
    { numRuns: 2000, seed: 7 },
  )
})

test('canonical text formats to itself', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const text = format(tree)
      expect(reformat(text)).toBe(text)
    }),
    { numRuns: 1000, seed: 11 },
  )
})

test('a tree survives JSON', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      expect(format(JSON.parse(JSON.stringify(tree)) as Tree)).toBe(format(tree))
    }),
    { numRuns: 300, seed: 13 },
  )
})

test('free spacing, quotes, percent signs and continued lines become canonical', () => {
  const text = `  title 'Growth'
  # what we look at
  from account   # all of them
  where mrr>30% and(plan='pro')
  group by month( created_at ),
    plan:
    # both
    n=count( ), share = 100*n
  # the end`
  expect(reformat(text)).toMatchInlineSnapshot(`
    "title "Growth"
    # what we look at
    from account # all of them
    where mrr > 0.3 and plan = "pro"
    # both
    group by month(created_at), plan: n = count(), share = 100 * n
    # the end
    "
  `)
})

test('names that are words of the language stay plain, others get backticks', () => {
  expect(reformat('from where\nadd by = count(from)\nsort desc desc\nshow `a b`, `not`, in')).toMatchInlineSnapshot(`
    "from \`where\`
    add by = count(from)
    sort desc desc
    show \`a b\`, \`not\`, in
    "
  `)
})

test('a column called `by` is not taken for the words of other languages', () => {
  for (const text of [
    'from x\nsort by\n',
    'from x\nsort (by) desc\n',
    'from x\nsort (by is empty), a\n',
    'from x\nsort by + 1\n',
  ])
    expect(reformat(text)).toBe(text)
})

test('what follows the arguments of a call comes in one order', () => {
  expect(reformat('from event\ngroup by day(at): n = count_distinct(user per all over 30 days where name = "a")')).toBe(
    'from event\ngroup by day(at): n = count_distinct(user where name = "a" over 30 days per all)\n',
  )
})

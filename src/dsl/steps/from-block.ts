import { type CheckedBlock, readBlock } from '../check/checked-block.ts'
import { findBlock } from '../check/find-block.ts'
import { parseName } from '../text/parse-names.ts'
import { quoteName } from '../text/quote.ts'
import type { FromBlock } from '../tree/ast.ts'
import * as shapes from '../tree/shapes.ts'
import { describeRows } from '../words/describe-expression.ts'
import { nothing } from './from.ts'
import { defineStep } from './step.ts'

/** Goes on from the rows of an earlier block; relations of its model may still be followed. */
export const fromBlock = defineStep<FromBlock, CheckedBlock | undefined>({
  kind: 'from_block',
  name: 'from block',
  verb: 'from',
  summary:
    'The rows of an earlier block. `block <name>` on a line names the steps below it; the last block is the result.',
  grammar: ['from block <name>'],
  example:
    'block teams\nfrom account\nadd n_users = count(users)\n\nfrom block teams\nwhere n_users > 3\ngroup by plan: accounts = count(), avg_users = avg(n_users)',
  shape: { block: shapes.name },
  starts: (cursor) => {
    const next = cursor.peek(2)
    return cursor.isWord('from', 'block') && (next?.kind === 'word' || next?.kind === 'name')
  },
  parse: (cursor) => {
    const start = cursor.mark()
    cursor.take()
    cursor.take()
    return cursor.place(start, { kind: 'from_block', block: parseName(cursor, 'the name of a block') })
  },
  format: ({ block }) => `from block ${quoteName(block)}`,
  check: (step, _before, checker) => {
    const block = findBlock(step, checker)
    return { after: block ? { ...block.after, grouping: undefined } : nothing, bound: block }
  },
  describe: ({ block }, { after }) => `Start with the ${describeRows({ relation: after })} of “${block}”`,
  lower: (block, builder) => {
    if (!block) return
    for (const path of block.plan().joined) builder.joined.add(path)
    builder.push((_nothing, step) => readBlock(block, step))
  },
})

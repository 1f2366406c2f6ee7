import { type Bound, call, literal } from '../bind/bound.ts'
import { bucket } from './bucket-labels.ts'
import { defineFamily } from './function.ts'

/** A value where another is missing, with the type of that other. */
const emptyLike = (other: Bound | undefined): Bound =>
  other === undefined || other.type === 'unknown' ? literal('text', null) : literal(other.type, null)

export const conditions = defineFamily('Conditions', [
  {
    kind: 'scalar',
    name: 'if',
    signature: 'if(condition, a, b)',
    summary: 'The first value where the condition holds, else the second, else nothing.',
    example: 'if(mrr > 1000, "large", "small")',
    parameters: [
      { name: 'condition', types: ['boolean'] },
      { name: 'a', types: [] },
      { name: 'b', types: [], optional: true, sameAs: 1 },
    ],
    build: ([condition, then, otherwise]) => call('when', then!.type, condition!, then!, otherwise ?? emptyLike(then)),
    describe: ([condition, then, otherwise]) => `${then} if ${condition}, else ${otherwise ?? 'nothing'}`,
  },
  bucket,
])

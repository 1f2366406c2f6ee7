import { expect, test } from 'vitest'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import type { Parts } from './parts.ts'
import { takeOut } from './take-out.ts'

const cells = { XN: 10, XS: 20, YN: 40, YS: 80 } as const
const read = (slice: Slice): Parts => {
  const own = Object.entries(cells).filter(([name]) => slice.every(({ value }) => name.includes(String(value))))
  const total = Float64Array.of(own.reduce((sum, [, rows]) => sum + rows, 0))
  return { kind: 'count', total, weight: undefined, rows: total }
}
const space = { partsOf: async (_metric: string, slice: Slice) => read(slice) } as unknown as SliceSpace
const whole = { verdict: { hypothesis: { metric: 'orders', slice: [] } }, parts: read([]) } as unknown as Candidate
const [n, x] = [
  { field: 'side', value: 'N' },
  { field: 'kind', value: 'X' },
] as const
const leave = async (...removed: readonly Slice[]) => (await takeOut(whole, removed, space)).total[0]

test('overlaps are taken out once, and so is a part of what is out already, or the same again', async () => {
  expect(await leave([n], [x])).toBe(80)
  expect(await leave([n], [n, x], [x])).toBe(80)
  expect(await leave([x], [x], [n])).toBe(80)
  expect(await leave([n, x], [x, n])).toBe(140)
})

import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import { createRandom } from '../../stats/random.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { explainMovements } from './explain-movements.ts'
import { measureMovement } from './measure-movement.ts'
import type { Parts } from './parts.ts'

const length = 200
const window = { from: 170, to: length }
const methods = ['card', 'transfer'] as const
const sectors = ['travel', 'food'] as const

/** Payments by card are small and alike, transfers large and few; `change` is by what factor an amount of a cell is larger from the window on. */
function makeWorld(change: (method: string, sector: string) => number) {
  const random = createRandom(5)
  const cells = methods.flatMap((method) =>
    sectors.map((sector) => {
      const total = new Float64Array(length)
      const rows = new Float64Array(length)
      for (let day = 0; day < length; day++) {
        const factor = day >= window.from ? change(method, sector) : 1
        rows[day] = random.poisson(method === 'card' ? 60 : 12)
        for (let at = 0; at < rows[day]!; at++)
          total[day]! +=
            factor * (method === 'card' ? 20 : 300) * Math.exp((method === 'card' ? 0.3 : 1) * random.normal())
      }
      return { method, sector, total, rows }
    }),
  )
  const read = (slice: Slice): Parts => {
    const total = new Float64Array(length)
    const rows = new Float64Array(length)
    for (const cell of cells)
      if (slice.every(({ field, value }) => cell[field as 'method' | 'sector'] === value))
        for (let day = 0; day < length; day++) {
          total[day]! += cell.total[day]!
          rows[day]! += cell.rows[day]!
        }
    return { kind: 'mean', total, weight: rows, rows }
  }
  const space: SliceSpace = {
    periods: Array.from({ length }, (_, day) => addPeriods('2026-01-01', day, 'day')),
    excluded: new Uint8Array(length),
    season: 7,
    partsOf: async (_metric, slice) => read(slice),
    slicesBy: async () => [],
  }
  return { space, read }
}

async function tell({ space, read }: ReturnType<typeof makeWorld>) {
  const singles: readonly Slice[] = [
    ...methods.map((value) => [{ field: 'method', value }]),
    ...sectors.map((value) => [{ field: 'sector', value }]),
  ]
  const pairs = methods.flatMap((method) =>
    sectors.map(
      (sector): Slice => [
        { field: 'method', value: method },
        { field: 'sector', value: sector },
      ],
    ),
  )
  const candidates = [[], ...singles, ...pairs].flatMap((slice): readonly Candidate[] => {
    const parts = read(slice)
    const movement = measureMovement({ parts, window, excluded: space.excluded, season: 7 })
    if (!movement || Math.abs(movement.strength) < 3 || Math.abs(movement.change) < 0.15) return []
    const hypothesis = { metric: 'average', slice, text: JSON.stringify(slice) }
    return [
      {
        verdict: { hypothesis, kind: 'mean' } as unknown as Candidate['verdict'],
        qValue: 0.001,
        parts,
        window,
        movement,
      },
    ]
  })
  const stories = await explainMovements(candidates, space)
  return stories.map(({ lead }) => lead.verdict.hypothesis.slice.map(({ value }) => value).join('+'))
}

test('a value whose amounts all rose alike is the story, not the part of it that shows best', async () => {
  expect((await tell(makeWorld((_, sector) => (sector === 'travel' ? 1.6 : 1))))[0]).toBe('travel')
})

test('a part that rose alone stays the story', async () => {
  const world = makeWorld((method, sector) => (sector === 'travel' && method === 'card' ? 1.6 : 1))
  expect((await tell(world))[0]).toBe('card+travel')
})

test('where everything rose alike the whole is the story', async () => {
  expect((await tell(makeWorld(() => 1.6)))[0]).toBe('')
})

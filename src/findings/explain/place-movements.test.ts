import { expect, test } from 'vitest'
import type { Story } from '../candidate.ts'
import type { Controlled } from '../errors/control-errors.ts'
import { placeMovements } from './place-movements.ts'
import type { StandingStory } from './standing.ts'

interface Told {
  readonly detector: string
  readonly value?: string
  readonly from: string
  readonly to: string | null
  readonly observed: number
  readonly expected: number
}
const lead = ({ detector, value, ...numbers }: Told): Controlled =>
  ({
    verdict: {
      kind: 'count',
      hypothesis: { model: 'm', detector, slice: value ? [{ field: 'category', value }] : [] },
      numbers: { pValue: 1e-6, direction: numbers.observed > numbers.expected ? 'up' : 'down', ...numbers },
    },
  }) as unknown as Controlled
const shift = (numbers: Partial<Told> = {}): Story =>
  ({
    lead: lead({
      detector: 'level_shift',
      from: '2026-03-02',
      to: '2026-04-27',
      observed: 30,
      expected: 10,
      ...numbers,
    }),
    merged: [],
  }) as unknown as Story
const crowd = (numbers: Partial<Told> = {}): StandingStory => ({
  lead: lead({
    detector: 'divergence',
    value: 'Travel',
    from: '2026-03-09',
    to: '2026-05-04',
    observed: 18,
    expected: 6,
    ...numbers,
  }),
  merged: [],
})
const place = (movement: Story, crowding: StandingStory, isSame = false) => {
  const { movements, standing } = placeMovements([movement], [crowding], () => isSame)
  return [movements.length, standing[0]!.merged.length]
}

test('a movement of the whole lies in the value that makes most of it', () => {
  expect(place(shift(), crowd())).toEqual([0, 1])
  expect(place(shift(), crowd({ observed: 10 }))).toEqual([1, 0])
})

test('at another time, or the other way round, it is another story', () => {
  expect(place(shift(), crowd({ from: '2026-06-01', to: null }))).toEqual([1, 0])
  expect(place(shift({ observed: 2 }), crowd())).toEqual([1, 0])
})

test('a movement of the same rows under another name is the same story', () => {
  expect(place(shift({ value: 'Africa', observed: 11 }), crowd(), true)).toEqual([0, 1])
})

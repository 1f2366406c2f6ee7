import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import { createRandom } from '../../stats/random.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { explainMovements } from './explain-movements.ts'
import { measureMovement } from './measure-movement.ts'
import type { Parts } from './parts.ts'
import { sharpenLead } from './place-lead.ts'
import { standsOut } from './stands-out.ts'

const length = 200
const onset = 170
const carriers = { blue: 90, orbit: 9, fox: 60 } as const
type Carrier = keyof typeof carriers

/** Parcels a day by carrier; `times` is by what they are multiplied from the onset on. */
function makeSpace(times: Readonly<Record<Carrier, number>>, addsUp = true): SliceSpace {
  const random = createRandom(5)
  const names = Object.keys(carriers) as Carrier[]
  const days = new Map(
    names.map((name) => [
      name,
      Float64Array.from({ length }, (_, day) => random.poisson(carriers[name] * (day < onset ? 1 : times[name]))),
    ]),
  )
  const read = (slice: Slice): Parts => {
    const own = names.filter((name) => slice.every(({ value }) => value === name))
    const total = Float64Array.from({ length }, (_, day) => own.reduce((sum, name) => sum + days.get(name)![day]!, 0))
    return { kind: 'count', total, weight: undefined, rows: total }
  }
  return {
    periods: Array.from({ length }, (_, day) => addPeriods('2026-01-01', day, 'day')),
    excluded: new Uint8Array(length),
    season: 7,
    partsOf: async (_metric, slice) => read(slice),
    slicesBy: async () => [],
    addsUp: () => addsUp,
  }
}

async function candidateOf(space: SliceSpace, slice: Slice): Promise<Candidate> {
  const window = { from: onset, to: length }
  const parts = (await space.partsOf('parcels', slice, slice))!
  const movement = measureMovement({ ...space, parts, window })!
  const hypothesis = { metric: 'parcels', slice, text: JSON.stringify(slice), detector: 'level_shift' }
  return { verdict: { hypothesis }, qValue: 1e-6, parts, window, movement } as unknown as Candidate
}

const orbit: Slice = [{ field: 'carrier', value: 'orbit' }]
const judge = async (times: Readonly<Record<Carrier, number>>, addsUp = true) => {
  const space = makeSpace(times, addsUp)
  return standsOut(await candidateOf(space, orbit), [[]], space)
}

test('what stopped while everything fell by a third did something of its own', async () => {
  expect(await judge({ blue: 0.67, orbit: 0, fox: 0.67 })).toBe(true)
  expect(await judge({ blue: 0.67, orbit: 0.3, fox: 0.67 })).toBe(true)
})

test('what fell as far as the rest, or a little further, did not; nor does anything where all but nothing is left', async () => {
  expect(await judge({ blue: 0.67, orbit: 0.67, fox: 0.67 })).toBe(false)
  expect(await judge({ blue: 0.67, orbit: 0.55, fox: 0.67 })).toBe(false)
  expect(await judge({ blue: 0.05, orbit: 0, fox: 0.05 })).toBe(false)
})

test('of what does not add up nobody knows the rest', async () => {
  expect(await judge({ blue: 0.67, orbit: 0, fox: 0.67 }, false)).toBe(false)
})

test('it is a story beside that of the whole, and marked as one', async () => {
  const space = makeSpace({ blue: 0.67, orbit: 0, fox: 0.67 })
  const slices: readonly Slice[] = [[], orbit, [{ field: 'carrier', value: 'blue' }]]
  const stories = await explainMovements(await Promise.all(slices.map((one) => candidateOf(space, one))), space)
  expect(stories.map(({ lead }) => [lead.verdict.hypothesis.slice, lead.furtherThan])).toEqual([
    [[], undefined],
    [orbit, [[]]],
  ])
})

test('where the rest is calm the part is the story, and where it moved as well the whole stays one', async () => {
  const sharpen = async (space: SliceSpace) => {
    const [whole, part] = [await candidateOf(space, []), await candidateOf(space, orbit)]
    return (await sharpenLead(whole, [whole, part], space)).verdict.hypothesis.slice
  }
  expect(await sharpen(makeSpace({ blue: 1, orbit: 0, fox: 1 }))).toEqual(orbit)
  expect(await sharpen(makeSpace({ blue: 0.67, orbit: 0, fox: 0.67 }))).toEqual([])
})

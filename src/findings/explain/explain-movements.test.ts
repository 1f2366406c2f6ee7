import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import { createRandom } from '../../stats/random.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { explainMovements } from './explain-movements.ts'
import { measureMovement, type Window } from './measure-movement.ts'
import type { Parts } from './parts.ts'

const length = 200
const fields = { plan: ['free', 'pro', 'team'], country: ['EE', 'DE', 'FR'], source: ['ads', 'web'] } as const
type Field = keyof typeof fields
const shares: Readonly<Record<string, number>> = {
  free: 0.5,
  pro: 0.3,
  team: 0.2,
  EE: 0.2,
  DE: 0.5,
  FR: 0.3,
  ads: 0.4,
  web: 0.6,
}

/** A small world: every combination of three fields has its own days; `change` says by what factor a cell moves on a day. */
function makeWorld(change: (cell: Readonly<Record<Field, string>>, day: number) => number, perDay = 300) {
  const random = createRandom(11)
  const cells = fields.plan.flatMap((plan) =>
    fields.country.flatMap((country) => fields.source.map((source) => ({ plan, country, source }))),
  )
  const days = new Map(
    cells.map((cell) => {
      const mean = perDay * shares[cell.plan]! * shares[cell.country]! * shares[cell.source]!
      return [cell, Float64Array.from({ length }, (_, day) => random.poisson(mean * change(cell, day)))]
    }),
  )
  const read = (slice: Slice): Parts => {
    const total = new Float64Array(length)
    for (const [cell, values] of days)
      if (slice.every(({ field, value }) => cell[field as Field] === value))
        for (let day = 0; day < length; day++) total[day] = total[day]! + values[day]!
    return { kind: 'count', total, weight: undefined, rows: total }
  }
  const periods = Array.from({ length }, (_, day) => addPeriods('2026-01-01', day, 'day'))
  const space: SliceSpace = {
    periods,
    excluded: new Uint8Array(length),
    season: 7,
    partsOf: async (_metric, slice) => read(slice),
    slicesBy: async () => [],
  }
  return { space, read }
}

const names = Object.keys(fields) as Field[]
const singles: readonly Slice[] = names.flatMap((field) => fields[field].map((value) => [{ field, value }]))
const pairs: readonly Slice[] = singles.flatMap(([a], at) =>
  singles.slice(at + 1).flatMap(([b]) => (a!.field === b!.field ? [] : [[a!, b!]])),
)

/** Candidates as error control would let them through: every slice that moved notably in the window. */
function findCandidates(
  { space, read }: ReturnType<typeof makeWorld>,
  windows: readonly Window[],
): readonly Candidate[] {
  return [[], ...singles, ...pairs].flatMap((slice) =>
    windows.flatMap((window) => {
      const parts = read(slice)
      const movement = measureMovement({ parts, window, excluded: space.excluded, season: 7 })
      if (!movement || Math.abs(movement.strength) < 5 || Math.abs(movement.change) < 0.15) return []
      const text = JSON.stringify(slice)
      const verdict = { hypothesis: { metric: 'signups', slice, text } } as unknown as Candidate['verdict']
      return [{ verdict, qValue: 0.001, parts, window, movement }]
    }),
  )
}

const explain = async (world: ReturnType<typeof makeWorld>, windows: readonly Window[]) =>
  (await explainMovements(findCandidates(world, windows), world.space)).map(({ lead }) =>
    lead.verdict.hypothesis.slice.map(({ value }) => value).join('+'),
  )

const last = { from: 170, to: length }

test('a slice that fell alone is the story, and the whole, its pairs and its shadows tell of it', async () => {
  const world = makeWorld(({ plan }, day) => (plan === 'pro' && day >= 170 ? 0.3 : 1))
  expect(findCandidates(world, [last]).length).toBeGreaterThan(4)
  expect(await explain(world, [last])).toEqual(['pro'])
})

test('when everything fell alike the whole is the story', async () => {
  const world = makeWorld((_, day) => (day >= 170 ? 0.5 : 1))
  expect(findCandidates(world, [last]).length).toBeGreaterThan(10)
  expect(await explain(world, [last])).toEqual([''])
})

test('a pair that fell alone is told as the pair', async () => {
  const world = makeWorld(({ plan, country }, day) => (plan === 'free' && country === 'DE' && day >= 170 ? 0.3 : 1))
  expect(await explain(world, [last])).toEqual(['free+DE'])
})

test('two movements at different times are two stories', async () => {
  const world = makeWorld(
    ({ plan, country }, day) => (plan === 'team' && day >= 185 ? 0.2 : 1) * (country === 'EE' && day >= 140 ? 0.3 : 1),
  )
  const stories = await explain(world, [
    { from: 140, to: length },
    { from: 185, to: length },
  ])
  expect([...stories].sort()).toEqual(['EE', 'team'])
})

test('rows that went over from one value to another are one story', async () => {
  // what ads lose, web gains: 0.4 × 0.6 of all rows
  const world = makeWorld(({ source }, day) => (day < 170 ? 1 : source === 'ads' ? 0.4 : 1.4))
  const stories = await explainMovements(findCandidates(world, [last]), world.space)
  expect(stories).toHaveLength(1)
  expect(stories[0]!.lead.verdict.hypothesis.slice).toEqual([{ field: 'source', value: 'ads' }])
  expect(stories[0]!.merged.map(({ verdict }) => verdict.hypothesis.slice)).toContainEqual([
    { field: 'source', value: 'web' },
  ])
})

test('of rows that went over the side leads that is far surer', async () => {
  const world = makeWorld(({ source }, day) => (day < 170 ? 1 : source === 'ads' ? 0.4 : 1.4))
  const isWeb = ({ verdict: { hypothesis } }: Candidate) => hypothesis.text === '[{"field":"source","value":"web"}]'
  const leadWith = async (qValue: number) => {
    const candidates = findCandidates(world, [last]).map((one) => (isWeb(one) ? { ...one, qValue } : one))
    const [story] = await explainMovements(candidates, world.space)
    return story!.lead.verdict.hypothesis.slice[0]!.value
  }
  expect([await leadWith(1e-4), await leadWith(1e-12)]).toEqual(['ads', 'web'])
})

test('a value that held up is told by the pair in it that made its movement, though the pair did not by itself', async () => {
  const leadIn = async (factor: (country: string) => number) => {
    const world = makeWorld(({ plan, country }, day) => (plan === 'pro' && day >= 170 ? factor(country!) : 1))
    const all = findCandidates(world, [last])
    const sliceOf = ({ verdict }: Candidate) => verdict.hypothesis.slice
    const isPro = (one: Candidate) => sliceOf(one).some(({ value }) => value === 'pro')
    const held = all.filter((one) => isPro(one) && sliceOf(one).length === 1)
    const almost = all.filter((one) => isPro(one) && sliceOf(one).length === 2)
    const [story] = await explainMovements(held, world.space, almost)
    return [story!.lead, ...story!.merged].map((one) => [
      sliceOf(one)
        .map(({ value }) => value)
        .join('+'),
      one.qValue,
    ])
  }
  expect(await leadIn((country) => (country === 'DE' ? 0.4 : 1))).toEqual([
    ['pro+DE', 0.001],
    ['pro', 0.001],
  ])
  // what fell evenly is told as a whole
  expect(await leadIn(() => 0.7)).toEqual([['pro', 0.001]])
})

test('pairs that held up are told by the value that they share, where that did not by itself', async () => {
  const world = makeWorld(({ plan }, day) => (plan === 'pro' && day >= 170 ? 0.5 : 1))
  const all = findCandidates(world, [last])
  const sliceOf = ({ verdict }: Candidate) => verdict.hypothesis.slice
  const isPro = (one: Candidate) => sliceOf(one).some(({ value }) => value === 'pro')
  const held = all.filter((one) => isPro(one) && sliceOf(one).length === 2)
  const almost = all.filter((one) => isPro(one) && sliceOf(one).length === 1)
  expect(held.length).toBeGreaterThan(2)
  const stories = await explainMovements(held, world.space, almost)
  expect(stories.map(({ lead }) => sliceOf(lead).map(({ value }) => value))).toEqual([['pro']])
  expect(stories[0]!.merged).toHaveLength(held.length)
  // two pairs may be two things
  const two = await explainMovements(held.slice(0, 2), world.space, almost)
  expect(two.map(({ lead }) => sliceOf(lead).length)).toEqual([2, 2])
})

test('the order of the candidates does not matter', async () => {
  const world = makeWorld(({ plan }, day) => (plan === 'pro' && day >= 170 ? 0.3 : 1))
  const candidates = findCandidates(world, [last])
  const forward = await explainMovements(candidates, world.space)
  const backward = await explainMovements([...candidates].reverse(), world.space)
  expect(backward.map(({ lead }) => lead.verdict.hypothesis.text)).toEqual(
    forward.map(({ lead }) => lead.verdict.hypothesis.text),
  )
})

test('what merely overlaps in time is put beside the story that it owes its movement to', async () => {
  const world = makeWorld(
    ({ plan, country }, day) => (plan === 'pro' && day >= 170 ? 0.3 : 1) * (country === 'FR' && day >= 160 ? 1.9 : 1),
  )
  const windows = [last, { from: 160, to: length }]
  const stories = await explainMovements(findCandidates(world, windows), world.space)
  const told = new Map(
    stories.map(({ lead, merged }) => [
      lead.verdict.hypothesis.slice.map(({ value }) => value).join('+'),
      merged.map(({ verdict }) => verdict.hypothesis.slice.map(({ value }) => value).join('+')),
    ]),
  )
  expect([...told.keys()].sort()).toEqual(['FR', 'pro'])
  // a rise owes nothing to a fall, nor what has no row of a story
  expect(told.get('pro')!.filter((name) => name.includes('FR') && !name.includes('pro'))).toEqual([])
  expect(told.get('FR')!.filter((name) => name.includes('pro') && !name.includes('FR'))).toEqual([])
  expect(told.get('FR')).toContain('free+FR')
  expect(told.get('pro')).toContain('pro+DE')
})

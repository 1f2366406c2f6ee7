import { expect, test } from 'vitest'
import type { Metric } from '../../catalog/catalog.ts'
import { createBetaDraw } from '../../engine/plan/draw-beta.ts'
import { type AskedScan, nameFields, noHistory, type PlanHistory } from '../data/plan-history.ts'
import { sliceMoved } from '../templates/slice-moved.ts'
import { chooseScans } from './choose-scans.ts'
import type { ScanDraft } from './draft-scans.ts'

const profile = {
  model: 'account',
  time: 'created_at',
  history: { grain: 'day', periods: 400, today: '2026-10-01' },
  missing: [],
  valueCounts: {},
} as const
const metric = { name: 'signups', model: 'account' } as Metric

const draft = (dimensions: readonly string[], combinations: number): ScanDraft => {
  const count = 3 * combinations
  const asks = [{ template: sliceMoved, metric, count }]
  return { profile, dimensions, metrics: [metric], asks, combinations, hypotheses: count }
}
const fields = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
const singles = fields.map((field, at) => draft([field], 4 + 2 * at))
const pairs = singles.flatMap((one, at) =>
  singles
    .slice(at + 1)
    .map((other) => draft([...one.dimensions, ...other.dimensions], one.combinations * other.combinations)),
)
const drafts = [draft([], 1), ...singles, ...pairs.sort((a, b) => a.combinations - b.combinations)]
const all = drafts.reduce((sum, { hypotheses }) => sum + hypotheses, 0)
const nameOf = ({ dimensions }: Pick<ScanDraft, 'dimensions'>) => nameFields(dimensions)
const seconds = 600

interface Simulated {
  readonly choices: readonly (readonly string[])[]
  readonly longestWait: number
}

/** So many cycles, in which the cells of `told` give a finding each time they are asked. */
function simulate(cycles: number, hypotheses: number, seed: number, told: readonly string[] = []): Simulated {
  const choices: string[][] = []
  let longestWait = 0
  for (let cycle = 0; cycle < cycles; cycle++) {
    const last = (name: string) => choices.findLastIndex((names) => names.includes(name))
    const asked = drafts.flatMap((one): AskedScan[] => {
      const at = last(nameOf(one))
      if (at < 0) return []
      return [{ model: 'account', time: 'created_at', dimensions: one.dimensions, cyclesAgo: cycle - at, ms: 1 }]
    })
    const trials = asked.map(({ dimensions }) => {
      const name = nameFields(dimensions)
      const tried = choices.filter((names) => names.includes(name)).length
      const cell = { template: 'slice_moved', model: 'account', metric: 'signups', fields: name }
      return { ...cell, cycles: tried, told: told.includes(name) ? tried : 0 }
    })
    const budget = { hypotheses, seconds }
    const { chosen } = chooseScans({
      drafts,
      budget,
      history: { asked, trials, votes: [] },
      draw: createBetaDraw(`${seed} ${cycle}`),
    })
    expect(chosen.reduce((sum, one) => sum + one.hypotheses, 0)).toBeLessThanOrEqual(hypotheses)
    choices.push(chosen.map(nameOf))
    longestWait = Math.max(
      longestWait,
      ...drafts.map((one) => cycle - last(nameOf(one)) - (choices[cycle]!.includes(nameOf(one)) ? 1 : 0)),
    )
  }
  return { choices, longestWait }
}

const someHistory: PlanHistory = {
  ...noHistory,
  asked: [{ model: 'account', time: 'created_at', dimensions: ['a'], cyclesAgo: 1, ms: 10 }],
}

test('where the budget has room for all, nothing of what is known matters', () => {
  const choice = chooseScans({
    drafts,
    budget: { hypotheses: all, seconds },
    history: someHistory,
    draw: createBetaDraw('1'),
  })
  expect(choice).toEqual({ chosen: drafts, leftOut: [] })
})

test('a plan that knows nothing takes what comes first', () => {
  const budget = { hypotheses: 400, seconds }
  const { chosen, leftOut } = chooseScans({ drafts, budget, history: noHistory, draw: createBetaDraw('1') })
  expect(chosen.slice(0, 9)).toEqual(drafts.slice(0, 9))
  expect(chosen.length + leftOut.length).toBe(drafts.length)
})

test.each([1, 2, 3, 4, 5])(
  'with a quarter of what could be asked nothing waits for more than 12 cycles (seed %i)',
  (seed) => {
    const { longestWait } = simulate(50, Math.floor(all / 4), seed)
    expect(longestWait).toBeLessThanOrEqual(12)
  },
)

test('with a tenth of it everything comes round as well', () => {
  const { choices, longestWait } = simulate(50, Math.floor(all / 10), 1)
  expect(new Set(choices.flat()).size).toBe(drafts.length)
  expect(longestWait).toBeLessThanOrEqual(30)
})

test('what gave findings is asked more often than what gave none', () => {
  const good = nameFields(['g', 'h'])
  const { choices } = simulate(50, Math.floor(all / 4), 1, [good])
  const counts = pairs.map(
    (one) => [nameOf(one), choices.filter((names) => names.includes(nameOf(one))).length] as const,
  )
  const ofGood = counts.find(([name]) => name === good)![1]
  expect(ofGood).toBeGreaterThan(35)
  const like = counts.filter(([name]) => name !== good && (name.includes('g') || name.includes('h')))
  expect(ofGood).toBeGreaterThan(2 * Math.max(...like.map(([, count]) => count)))
})

test('two fields are asked together only beside each of them alone', () => {
  for (const names of simulate(30, Math.floor(all / 6), 7).choices.slice(1))
    for (const name of names) {
      const parts: readonly string[] = JSON.parse(name)
      if (parts.length === 2) expect(names).toEqual(expect.arrayContaining(parts.map((field) => nameFields([field]))))
    }
})

test('the same seed gives the same choice, another one another', () => {
  const run = (seed: number) => simulate(12, Math.floor(all / 5), seed).choices
  expect(run(1)).toEqual(run(1))
  expect(run(1)).not.toEqual(run(2))
})

test('readers who mute findings of a kind are asked less of it', () => {
  const votes = pairs
    .slice(0, 5)
    .map((one) => ({ kind: 'level_shift', model: 'account', metric: 'signups', fields: nameOf(one), votes: -40 }))
  const asked = drafts.map(({ dimensions }) => ({
    model: 'account',
    time: 'created_at',
    dimensions,
    cyclesAgo: 1,
    ms: 1,
  }))
  const count = (history: PlanHistory) =>
    Array.from({ length: 40 }, (_, seed) =>
      chooseScans({
        drafts: [...drafts].reverse(),
        budget: { hypotheses: all / 4, seconds },
        history,
        draw: createBetaDraw(`${seed}`),
      }),
    ).reduce((sum, { chosen }) => sum + chosen.filter((one) => pairs.slice(0, 5).includes(one)).length, 0)
  expect(count({ asked, trials: [], votes })).toBeLessThan(count({ asked, trials: [], votes: [] }) / 2)
})

test('scans that took longer than there is time for are left to a later cycle, and said so', () => {
  const asked = drafts.map(({ dimensions }) => ({
    model: 'account',
    time: 'created_at',
    dimensions,
    cyclesAgo: 1,
    ms: 1000,
  }))
  const budget = { hypotheses: all, seconds: 12 }
  const { chosen, leftOut } = chooseScans({
    drafts,
    budget,
    history: { ...noHistory, asked },
    draw: createBetaDraw('1'),
  })
  expect(chosen).toHaveLength(12)
  expect(new Set(leftOut.map(({ why }) => why))).toEqual(
    new Set(['the budget of 12 seconds is used up, as measured in earlier cycles']),
  )
})

test('what is larger than the whole budget is said to be so', () => {
  const budget = { hypotheses: 100, seconds }
  const { leftOut } = chooseScans({ drafts, budget, history: someHistory, draw: createBetaDraw('1') })
  expect(leftOut.find(({ draft: one }) => nameOf(one) === nameFields(['g', 'h']))?.why).toBe(
    'asks 966 beside each of its fields, more than the budget of 100 hypotheses',
  )
})

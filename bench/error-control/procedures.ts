import { type PlacedTest, weighTests } from '../../src/findings/errors/weigh-tests.ts'
import { adjustPValues } from '../../src/stats/benjamini-hochberg.ts'
import { chiSquare } from '../../src/stats/chi-square.ts'
import { normal } from '../../src/stats/normal.ts'
import { combineBySimes } from '../../src/stats/simes.ts'
import { type Cut, metricCount, type World } from './make-world.ts'
import { type Branch, selectTree } from './select-tree.ts'
import { listStories, mergeMetrics, type ToldStory, tellStories } from './tell-stories.ts'

type Procedure = (world: World, rate: number) => readonly Cut[]

const place = ({ metric, conditions }: Cut): PlacedTest => ({
  model: 'model',
  metric: `${metric}`,
  slice: conditions.map(([field, value]) => ({ field: `${field}`, value })),
})
const evenly = (tests: readonly unknown[]) => new Float64Array(tests.length).fill(1)
const fromTheTop = (tests: readonly Cut[]) => weighTests(tests.map(place))
type Weigh = (tests: readonly Cut[]) => Float64Array

interface Test {
  readonly cut: Cut
  /** p-value by weight. */
  readonly ratio: number
}

function listTests({ cuts }: World, weigh: Weigh): readonly Test[] {
  const tests = cuts.flatMap((cut) => Array.from(cut.pValues, () => cut))
  const weights = weigh(tests)
  const places = cuts.flatMap((cut) => Array.from(cut.pValues))
  return tests.map((cut, at) => ({ cut, ratio: places[at]! / weights[at]! }))
}

/** Cuts one of whose tests holds up. */
function holdUp(tests: readonly Test[], rate: number): readonly Cut[] {
  const qValues = adjustPValues(Float64Array.from(tests, ({ ratio }) => ratio))
  return [...new Set(tests.flatMap(({ cut }, at) => (qValues[at]! <= rate ? [cut] : [])))]
}

/** Stories as single discoveries among all tests. */
function holdStories(leads: readonly Cut[], tests: readonly Test[], rate: number): readonly Cut[] {
  const best = new Map<Cut, number>()
  for (const { cut, ratio } of tests) best.set(cut, Math.min(ratio, best.get(cut) ?? 1))
  const ratios = new Float64Array(tests.length).fill(1)
  leads.forEach((lead, at) => {
    ratios[at] = best.get(lead)!
  })
  const qValues = adjustPValues(ratios)
  return leads.filter((_, at) => qValues[at]! <= rate)
}

/** As `holdStories`, but a story is as sure as the surest of the cuts that tell of it. */
function holdBySurest(stories: readonly ToldStory[], tests: readonly Test[], rate: number): readonly Cut[] {
  const best = new Map<Cut, number>()
  for (const { cut, ratio } of tests) best.set(cut, Math.min(ratio, best.get(cut) ?? 1))
  const ratios = new Float64Array(tests.length).fill(1)
  stories.forEach(({ lead, merged }, at) => {
    ratios[at] = Math.min(...[lead, ...merged].map((cut) => best.get(cut)!))
  })
  const qValues = adjustPValues(ratios)
  return stories.flatMap(({ lead }, at) => (qValues[at]! <= rate ? [lead] : []))
}

const bySurest: Procedure = (world, rate) => {
  const tests = listTests(world, fromTheTop)
  return holdBySurest(listStories(world, holdUp(tests, rate)), tests, rate)
}

const bySurestOfTable: Procedure = (world, rate) => {
  const tests = listTests(world, fromTheTop)
  return holdBySurest(mergeMetrics(world, listStories(world, holdUp(tests, rate))), tests, rate)
}

const byWeight =
  (first: Weigh, last: Weigh): Procedure =>
  (world, rate) =>
    holdStories(tellStories(world, holdUp(listTests(world, first), rate)), listTests(world, last), rate)

const leavesOf = (cut: Cut): readonly Branch<Cut>[] =>
  Array.from(cut.pValues, (pValue) => ({ children: [], leaf: { value: cut, pValue } }))

/** Metric → set of fields → slice → test. */
function growTree(cuts: readonly Cut[], screenOf?: (own: readonly Cut[]) => number): readonly Branch<Cut>[] {
  return Array.from({ length: metricCount }, (_, metric) => {
    const own = cuts.filter((cut) => cut.metric === metric)
    const families = Map.groupBy(own, ({ conditions }) => conditions.map(([field]) => field).join(' '))
    const children = [...families.values()].map((family) => ({
      children: family.map((cut) => ({ children: leavesOf(cut) })),
    }))
    return { children, ...(screenOf && { screen: screenOf(own) }) }
  })
}

/** The whole's own tests, or that the values of some field move against each other. */
function screenWhole(own: readonly Cut[]): number {
  const whole = combineBySimes(own.find(({ conditions }) => conditions.length === 0)!.pValues)
  const fields = Map.groupBy(
    own.filter(({ conditions }) => conditions.length === 1),
    ({ conditions }) => conditions[0]![0],
  )
  const spreads = [...fields.values()].map((cuts) => {
    const squares = cuts.reduce((sum, { pValues }) => sum + normal.quantile(Math.max(1e-300, pValues[0]!) / 2) ** 2, 0)
    return chiSquare.upperTail(squares, cuts.length)
  })
  return combineBySimes(Float64Array.of(whole, combineBySimes(Float64Array.from(spreads))))
}

const unique = (cuts: readonly Cut[]) => [...new Set(cuts)]
const inTree: Procedure = (world, rate) => tellStories(world, unique(selectTree(growTree(world.cuts), rate)))
const inScreenedTree: Procedure = (world, rate) =>
  tellStories(world, unique(selectTree(growTree(world.cuts, screenWhole), rate)))
const andThen =
  (first: Procedure, last: Weigh): Procedure =>
  (world, rate) =>
    holdStories(first(world, rate), listTests(world, last), rate)

export const procedures: Readonly<Record<string, Procedure>> = {
  flat: byWeight(evenly, evenly),
  weighted: byWeight(fromTheTop, fromTheTop),
  'weighted, by the surest': bySurest,
  'by the surest of all metrics': bySurestOfTable,
  'flat, then weighted': byWeight(evenly, fromTheTop),
  tree: inTree,
  'tree, then flat': andThen(inTree, evenly),
  'tree, then weighted': andThen(inTree, fromTheTop),
  'screened tree, then flat': andThen(inScreenedTree, evenly),
  'screened tree, then weighted': andThen(inScreenedTree, fromTheTop),
}

import type { Leaves } from '../shapes.ts'
import { expectLeaves, type LeafModel } from './expect-leaves.ts'
import { createLeafLoss } from './leaf-loss.ts'
import { fitLeafNoise, type LeafNoise } from './leaf-noise.ts'
import { type Cuboid, listCuboids } from './list-cuboids.ts'
import { type Cause, type Explained, openSpace, orderLeaves, type SearchSpace, searchCauses } from './search-cause.ts'

/** Causes of a change, most telling first, and the single slices that would be next best. */
export interface FoundCauses {
  readonly model: LeafModel
  readonly cuboids: readonly Cuboid[]
  readonly noise: LeafNoise
  readonly causes: readonly Cause[]
  readonly rivals: readonly Cause[]
  /** The cause each leaf is told by, as a place in `causes`; −1 for the rest. */
  readonly causeOf: Int32Array
}

const causesMax = 8
const rivalsMax = 10
/** How often each cause is looked at again after another was found. */
const passesMax = 1
/** Shares of the strongest cause's likelihood, and of the whole change, that a further cause must have. */
const leastGain = 0.05
const leastChange = 0.02
/** The same for one that goes against the others: it hides the change and does not cause it. */
const leastOffset = 0.25
/** The whole is tried from this share of what slices explain. */
const wholeShare = 0.5
/** Each round knows the noise better, because what the last one explained is taken out of it. */
const rounds = [
  { causesMax: 1, trim: 0.5 },
  { causesMax: 3, trim: 0 },
  { causesMax, trim: 0 },
]

/**
 * The fewest slices that explain why leaves are not what was expected: those with the highest penalised likelihood. A slice explains a
 * change when its leaves moved by one ratio (`leaf-loss.ts`), and naming it costs the logarithm of how many like it there are (as in
 * minimum description length), so that of two slices with the same leaves the shorter is told. Found one by one, then each looked at again
 * in the light of the others. Time: cuboids × leaves × causes; 13,800 leaves of four fields take about a tenth of a second.
 */
export function findCauses(leaves: Leaves): FoundCauses {
  const model = expectLeaves(leaves)
  const cuboids = listCuboids(leaves)
  const order = orderLeaves(model)
  let found = { causes: [] as readonly Cause[], mean: model.expected }
  let noise: LeafNoise = { perUnit: 1, relative: 0 }
  let space: SearchSpace | undefined
  for (const round of rounds) {
    noise = fitLeafNoise(model, found.mean, round.trim)
    space = openSpace(model, cuboids, noise, createLeafLoss(model, noise), order)
    const causes = choose(space, round.causesMax).toSorted((a, b) => b.net - a.net)
    const { ratio } = explain(space, causes)
    found = { causes, mean: model.expected.map((x, leaf) => x * ratio[leaf]!) }
  }
  const { causes } = found
  const rivals = space ? searchCauses(space, explain(space, []), rivalsMax, () => true, sliced(space)) : []
  return { model, cuboids, noise, causes, rivals, causeOf: assign(cuboids, causes, model.count) }
}

/** What causes explain. A leaf of several keeps the ratio that suits it best: one of theirs, their product, or both changes added. */
function explain({ model, cuboids, weigh, calm }: SearchSpace, causes: readonly Cause[]): Explained {
  const ratio = new Float64Array(model.count).fill(1)
  const loss = calm.slice()
  for (const cause of causes) {
    const { elementOf } = cuboids[cause.cuboid]!
    for (let leaf = 0; leaf < model.count; leaf++) {
      if (elementOf[leaf] !== cause.element) continue
      const known = ratio[leaf]!
      const choices =
        known === 1 ? [cause.ratio] : [cause.ratio, known * cause.ratio, Math.max(0, known + cause.ratio - 1)]
      for (const choice of choices) {
        const next = weigh(leaf, choice)
        if (known !== 1 && next >= loss[leaf]!) continue
        ratio[leaf] = choice
        loss[leaf] = next
      }
    }
  }
  return { ratio, loss }
}

/** Change that causes explain, by direction, in the measure's unit. */
function sumChange(
  { expected, count }: LeafModel,
  { ratio }: Explained,
): { readonly up: number; readonly down: number } {
  let up = 0
  let down = 0
  for (let leaf = 0; leaf < count; leaf++) {
    const change = (ratio[leaf]! - 1) * expected[leaf]!
    if (change > 0) up += change
    else down -= change
  }
  return { up, down }
}

/** Slices, or the whole and slices that moved otherwise, whichever explains more. */
function choose(space: SearchSpace, most: number): readonly Cause[] {
  const slices = collect(space, most, [])
  const whole = searchCauses(space, explain(space, []), 1, () => true, [0])
  if (whole.length === 0 || whole[0]!.net < wholeShare * weighCauses(space, slices)) return slices
  const withWhole = collect(space, most, whole)
  return weighCauses(space, withWhole) > weighCauses(space, slices) ? withWhole : slices
}

/** Log likelihood that causes win together, less what naming them costs. */
function weighCauses(space: SearchSpace, causes: readonly Cause[]): number {
  const { loss } = explain(space, causes)
  let net = 0
  for (let leaf = 0; leaf < loss.length; leaf++) net += space.calm[leaf]! - loss[leaf]!
  for (const { cuboid } of causes) net -= space.costs[cuboid]!
  return net
}

/** One cause after the other, until none is worth telling or one costs another its place. */
function collect(space: SearchSpace, most: number, start: readonly Cause[]): readonly Cause[] {
  let causes = start
  let strongest = start[0]?.net ?? 0
  while (causes.length < most) {
    const next = searchNext(space, causes)
    if (!next || next.net < leastGain * strongest) break
    strongest = Math.max(strongest, next.net)
    const revised = revise(space, [...causes, next])
    if (revised.length <= causes.length) return revised
    causes = revised
  }
  return causes
}

/** The best slice beyond `others`, if it is worth telling. */
function searchNext(space: SearchSpace, others: readonly Cause[]): Cause | undefined {
  const explained = explain(space, others)
  const { up, down } = sumChange(space.model, explained)
  const isWanted = (ratio: number, expected: number) => {
    const change = (ratio - 1) * expected
    const least = (change > 0 ? up >= down : down >= up) ? leastChange : leastOffset
    return Math.abs(change) >= least * Math.max(up, down)
  }
  return searchCauses(space, explained, 1, isWanted, sliced(space))[0]
}

/** All cuboids but the whole, which is the first. */
const sliced = ({ cuboids }: SearchSpace): readonly number[] => Array.from(cuboids.keys()).slice(1)

/** Looks at each cause again as if it were the last one found, until nothing changes. */
function revise(space: SearchSpace, causes: readonly Cause[]): readonly Cause[] {
  let revised = causes
  for (let pass = 0; pass < passesMax && revised.length > 1; pass++) {
    const before = revised
    for (let at = 0; at < revised.length; at++) {
      const others = revised.filter((_, place) => place !== at)
      const next = searchNext(space, others)
      revised = next ? revised.with(at, next) : others
      if (!next) break
    }
    const isSame = ({ cuboid, element }: Cause, at: number) =>
      before[at]?.cuboid === cuboid && before[at]?.element === element
    if (revised.length === before.length && revised.every(isSame)) break
  }
  return revised
}

function assign(cuboids: readonly Cuboid[], causes: readonly Cause[], count: number): Int32Array {
  const causeOf = new Int32Array(count).fill(-1)
  causes.forEach(({ cuboid, element }, place) => {
    const { elementOf } = cuboids[cuboid]!
    for (let leaf = 0; leaf < count; leaf++)
      if (causeOf[leaf]! < 0 && elementOf[leaf] === element) causeOf[leaf] = place
  })
  return causeOf
}

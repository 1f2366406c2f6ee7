import type { Cut, World } from './make-world.ts'

/** As the engine's: floors of a movement and of what is left of it, and what a second condition must explain more. */
const strengthMin = 2.5
const remainderMin = 5
const pairPenalty = 1.2
const storiesMax = 8

/** The engine's explaining away, on cells: the slice that explains most leads, its cells are taken out of the others, what still moves goes round again. */
export const tellStories = (world: World, heldUp: readonly Cut[]): readonly Cut[] =>
  listStories(world, heldUp).map(({ lead }) => lead)

export interface ToldStory {
  readonly lead: Cut
  /** Cuts that tell of the same. */
  readonly merged: readonly Cut[]
}

export function listStories({ volumes, moves }: World, heldUp: readonly Cut[]): readonly ToldStory[] {
  return [...Map.groupBy(heldUp, ({ metric }) => metric)].flatMap(([metric, cuts]) => {
    const gone = new Uint8Array(volumes.length)
    const measure = ({ cells }: Cut) => {
      let [sum, volume] = [0, 0]
      for (const cell of cells) {
        if (gone[cell]) continue
        sum += moves[metric]![cell]!
        volume += volumes[cell]!
      }
      return volume === 0 ? 0 : sum / Math.sqrt(volume)
    }
    const whole = new Map(cuts.map((cut) => [cut, measure(cut)]))
    let open = cuts.filter((cut) => Math.abs(whole.get(cut)!) >= strengthMin)
    const stories: ToldStory[] = []
    while (open.length > 0 && stories.length < storiesMax) {
      const sizeOf = (cut: Cut) => measure(cut) ** 2 / pairPenalty ** Math.max(0, cut.conditions.length - 1)
      const lead = open.reduce((most, cut) => (sizeOf(cut) > sizeOf(most) ? cut : most))
      for (const cell of lead.cells) gone[cell] = 1
      const left = open.filter((cut) => {
        const [rest, before] = [measure(cut), whole.get(cut)!]
        const isTouched = Math.abs(rest - before) > 0.1 * Math.abs(before)
        return cut !== lead && Math.abs(rest) >= (isTouched ? remainderMin : strengthMin) && rest * before > 0
      })
      stories.push({ lead, merged: open.filter((cut) => cut !== lead && !left.includes(cut)) })
      open = left
    }
    return stories
  })
}

const isWithin = (one: Cut, other: Cut): boolean =>
  other.conditions.every(([field, value]) => one.conditions.some((own) => own[0] === field && own[1] === value))

/** Stories of several metrics as one where their slices lie in each other and moved the same way, the largest first: as the engine merges those of a table. */
export function mergeMetrics({ moves, volumes }: World, stories: readonly ToldStory[]): readonly ToldStory[] {
  const sizeOf = ({ lead: { metric, cells } }: ToldStory) => {
    const [sum, volume] = cells.reduce(
      ([all, rows], cell) => [all + moves[metric]![cell]!, rows + volumes[cell]!] as const,
      [0, 0] as readonly [number, number],
    )
    return sum / Math.sqrt(volume)
  }
  const sizes = new Map(stories.map((story) => [story, sizeOf(story)]))
  const kept: ToldStory[] = []
  for (const story of [...stories].sort((a, b) => Math.abs(sizes.get(b)!) - Math.abs(sizes.get(a)!))) {
    const at = kept.findIndex(
      ({ lead }, index) =>
        sizes.get(kept[index]!)! * sizes.get(story)! > 0 && (isWithin(lead, story.lead) || isWithin(story.lead, lead)),
    )
    if (at < 0) {
      kept.push(story)
      continue
    }
    const one = kept[at]!
    const whole = { ...one, merged: [...one.merged, story.lead, ...story.merged] }
    sizes.set(whole, sizes.get(one)!)
    kept[at] = whole
  }
  return kept
}

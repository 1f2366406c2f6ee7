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

import type { DurationSample } from '../shapes.ts'

/** Members of both groups in order of their time. Arrays have `size` entries, those of units `unitCount`. */
export interface Members {
  readonly size: number
  readonly time: Float64Array
  readonly happened: Uint8Array
  /** 0 for the first group, 1 for the second. */
  readonly group: Uint8Array
  /** Place of the unit; a unit with members in both groups counts as one in each. */
  readonly unit: Int32Array
  readonly unitCount: number
  readonly unitGroup: Uint8Array
  readonly unitSize: Int32Array
}

/** Puts the members of two groups in one order. Without units everybody is a unit. */
export function groupMembers(first: DurationSample, second: DurationSample): Members {
  const samples = [first, second]
  const size = first.time.length + second.time.length
  const [unit, group] = [new Int32Array(size), new Uint8Array(size)]
  const [unitGroup, unitSize]: [number[], number[]] = [[], []]
  let at = 0
  samples.forEach(({ time, units }, side) => {
    const places = new Map<number, number>()
    for (let member = 0; member < time.length; member++, at++) {
      const name = units?.[member] ?? member
      let place = places.get(name)
      if (place === undefined) {
        place = unitGroup.length
        places.set(name, place)
        unitGroup.push(side)
        unitSize.push(0)
      }
      unitSize[place]!++
      unit[at] = place
      group[at] = side
    }
  })
  const time = new Float64Array(size)
  time.set(first.time)
  time.set(second.time, first.time.length)
  const order = Int32Array.from(time, (_, member) => member).sort((a, b) => time[a]! - time[b]!)
  return {
    size,
    time: Float64Array.from(order, (member) => time[member]!),
    happened: Uint8Array.from(order, (member) =>
      member < first.time.length ? first.happened[member]! : second.happened[member - first.time.length]!,
    ),
    group: Uint8Array.from(order, (member) => group[member]!),
    unit: Int32Array.from(order, (member) => unit[member]!),
    unitCount: unitGroup.length,
    unitGroup: Uint8Array.from(unitGroup),
    unitSize: Int32Array.from(unitSize),
  }
}

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
  /** For a unit of the second group the place of the same unit in the first one; −1 where there is none, and for all of the first. */
  readonly twin: Int32Array
  /** The stretch of time in which each began; absent where that is not known of both groups. */
  readonly batch?: Int32Array
}

/** Puts the members of two groups in one order. Without units everybody is a unit. */
export function groupMembers(first: DurationSample, second: DurationSample): Members {
  const samples = [first, second]
  const size = first.time.length + second.time.length
  const [unit, group] = [new Int32Array(size), new Uint8Array(size)]
  const [unitGroup, unitSize, twin]: [number[], number[], number[]] = [[], [], []]
  const known = new Map<number, number>()
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
        twin.push((units && side === 1 ? known.get(name) : undefined) ?? -1)
        if (side === 0) known.set(name, place)
      }
      unitSize[place]!++
      unit[at] = place
      group[at] = side
    }
  })
  const time = new Float64Array(size)
  time.set(first.time)
  time.set(second.time, first.time.length)
  const [firstBatches, secondBatches] = [first.batches, second.batches]
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
    twin: Int32Array.from(twin),
    ...(firstBatches &&
      secondBatches && {
        batch: Int32Array.from(order, (member) =>
          member < firstBatches.length ? firstBatches[member]! : secondBatches[member - firstBatches.length]!,
        ),
      }),
  }
}

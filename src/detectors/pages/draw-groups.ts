import type {
  Cohorts,
  Conversion,
  Conversions,
  CrossSection,
  Durations,
  Leaves,
  OneSample,
  Points,
  Strata,
  TwoSamples,
} from '../shapes.ts'
import { openCanvas, rangeOf, type Tone } from './canvas.ts'

const shareOf = (all: readonly Conversion[]): { readonly share: number; readonly entered: number } => {
  const entered = all.reduce((sum, one) => sum + one.entered, 0)
  return { share: all.reduce((sum, one) => sum + one.converted, 0) / entered, entered }
}

export function drawPoints({ first, second }: Points, label: string): string {
  const cut = (values: Float64Array) => [...values].sort((a, b) => a - b)[Math.floor(0.98 * (values.length - 1))] ?? 1
  const [right, top] = [cut(first), cut(second)]
  const canvas = openCanvas(rangeOf([Math.min(...first), right]), rangeOf([Math.min(...second), top]))
  const points = Array.from(first, (x, at) => [Math.min(x, right), Math.min(second[at]!, top)] as const)
  canvas.dots(points, 'second', 1.8)
  return canvas.finish(label)
}

/** Members in order of size, the one that is told in colour. */
export function drawMembers({ labels, values }: CrossSection, subject: string | undefined, label: string): string {
  const order = Array.from(values, (_, at) => at).sort((a, b) => values[b]! - values[a]!)
  const canvas = openCanvas([0, order.length], rangeOf(values, 0))
  order.forEach((at, place) => {
    canvas.bar([place + 0.15, 0], [place + 0.85, values[at]!], labels[at] === subject ? 'loud' : 'quiet')
  })
  const told = order.findIndex((at) => labels[at] === subject)
  if (told >= 0) canvas.text([told + 0.5], subject!, 'loud')
  return canvas.finish(label)
}

function drawHistogram(
  canvas: ReturnType<typeof openCanvas>,
  shares: readonly number[],
  tone: Tone,
  shift: number,
): void {
  shares.forEach((share, at) => {
    canvas.bar([at + 0.1 + shift, 0], [at + 0.5 + shift, share], tone)
  })
}

const binsCount = 24

function countShares(sample: OneSample, bins: readonly (string | number)[]): readonly number[] {
  const counts = bins.map(() => 0)
  for (const value of sample.values) {
    const at = typeof value === 'string' ? bins.indexOf(value) : bins.findLastIndex((bin) => value >= Number(bin))
    if (at >= 0) counts[at] = counts[at]! + 1
  }
  return counts.map((count) => count / sample.values.length)
}

/** Two histograms side by side. */
export function drawSamples({ first, second, names }: TwoSamples, label: string): string {
  const values = [...first.values, ...second.values]
  const sorted = values.filter((value) => typeof value === 'number').sort((a, b) => a - b)
  const [low, high] = [sorted[0] ?? 0, sorted[Math.floor(0.98 * (sorted.length - 1))] ?? 1]
  const bins: readonly (string | number)[] =
    sorted.length > 0
      ? Array.from({ length: binsCount }, (_, at) => low + (at * (high - low)) / binsCount)
      : [...new Set(values)].sort()
  const [one, other] = [countShares(first, bins), countShares(second, bins)]
  const canvas = openCanvas([0, bins.length], [0, Math.max(...one, ...other)])
  drawHistogram(canvas, one, 'second', 0)
  drawHistogram(canvas, other, 'loud', 0.4)
  canvas.text([0], `blue: ${names[0]}; orange: ${names[1]}`)
  return canvas.finish(label)
}

function drawShares(
  rows: readonly { readonly name: string; readonly pair: readonly [readonly Conversion[], readonly Conversion[]] }[],
  label: string,
): string {
  const shares = rows.map(({ pair }) => pair.map(shareOf))
  const canvas = openCanvas([0, rows.length], [0, Math.max(...shares.flat().map(({ share }) => share)) * 1.15])
  shares.forEach(([one, other], at) => {
    canvas.bar([at + 0.2, 0], [at + 0.48, one!.share], 'second')
    canvas.bar([at + 0.52, 0], [at + 0.8, other!.share], 'loud')
    canvas.text(
      [at + 0.5],
      rows.length > 4 ? rows[at]!.name : `${rows[at]!.name}: ${one!.entered} and ${other!.entered}`,
    )
  })
  return canvas.finish(label)
}

export const drawConversions = ({ names, first, second }: Conversions, label: string): string =>
  drawShares([{ name: `blue ${names[0]}, orange ${names[1]}`, pair: [first, second] }], label)

export const drawStrata = ({ strata }: Strata, label: string): string =>
  drawShares(
    strata.map(({ label: name, exposed, unexposed }) => ({ name, pair: [[exposed], [unexposed]] })),
    label,
  )

/** Each cohort a line over its age; the recent quarter in colour. */
export function drawCohorts({ size, retained }: Cohorts, label: string): string {
  const ages = Math.max(...retained.map((one) => one.length))
  const canvas = openCanvas([0, ages - 1], [0, 1.02])
  const late = Math.floor(0.75 * retained.length)
  retained.forEach((one, cohort) => {
    canvas.line(
      Array.from(one, (count, age) => [age, count / size[cohort]!] as const),
      cohort >= late ? 'loud' : 'quiet',
    )
  })
  canvas.text([0], 'share that stays, by age; orange: the latest cohorts')
  return canvas.finish(label)
}

/** Share to whom it has not happened yet, as it falls (Kaplan and Meier). */
function survive({ time, happened }: Durations['first']): readonly (readonly [number, number])[] {
  const order = Array.from(time, (_, at) => at).sort((a, b) => time[a]! - time[b]!)
  let share = 1
  return order.map((at, place) => {
    if (happened[at] === 1) share *= 1 - 1 / (order.length - place)
    return [time[at]!, share] as const
  })
}

export function drawDurations({ names, first, second }: Durations, label: string): string {
  const canvas = openCanvas([0, Math.max(...first.time, ...second.time)], [0, 1.02])
  canvas.line([[0, 1], ...survive(first)], 'second')
  canvas.line([[0, 1], ...survive(second)], 'loud')
  canvas.text([0], `not yet happened; blue: ${names[0]}, orange: ${names[1]}`)
  return canvas.finish(label)
}

const leavesShown = 60

/** Leaves by their distance from what was expected, largest first. */
export function drawLeaves({ actual, expected, weight }: Leaves, label: string): string {
  const moved = Array.from(actual, (value, at) =>
    weight ? value - (expected[at]! / (weight.expected[at]! || 1)) * weight.actual[at]! : value - expected[at]!,
  )
  const shown = moved.sort((a, b) => Math.abs(b) - Math.abs(a)).slice(0, leavesShown)
  const canvas = openCanvas([0, shown.length], rangeOf(shown, 0))
  shown.forEach((value, at) => {
    canvas.bar([at + 0.1, 0], [at + 0.9, value], 'second')
  })
  canvas.text([0], `how far the ${shown.length} most unexpected of ${actual.length} leaves are from what was expected`)
  return canvas.finish(label)
}

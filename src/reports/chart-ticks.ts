import { formatDay } from '../base/format.ts'
import type { Grain } from '../base/periods.ts'

/** Round numbers (1, 2, 2.5, 5 × 10ⁿ) from at or below `low` to at or above `high`, about `count` of them. */
export function listNumberTicks(low: number, high: number, count: number): readonly number[] {
  const span = high - low
  if (!(span > 0) || !Number.isFinite(span)) return [low]
  const power = 10 ** Math.floor(Math.log10(span / count))
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= span / count) ?? 10)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)))
}

/** Where a scale of values begins and ends: at zero where that costs little, else with air around the values. */
export function chooseDomain(values: readonly number[]): readonly [low: number, high: number] {
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return [0, 1]
  const low = Math.min(...finite)
  const high = Math.max(...finite)
  if (low === high) return low === 0 ? [0, 1] : [Math.min(0, low * 1.2), Math.max(0, high * 1.2)]
  if (low >= 0 && low <= high * 0.65) return [0, high]
  const air = (high - low) * 0.08
  return [low >= 0 ? Math.max(0, low - air) : low - air, high + air]
}

export interface TimeTick {
  /** Epoch milliseconds. */
  readonly at: number
  readonly label: string
}

const dayMs = 86_400_000
const monthOf = (ms: number) => new Date(ms).getUTCMonth()
const yearOf = (ms: number) => new Date(ms).getUTCFullYear()

const nameTick = (ms: number, format: 'day' | 'month' | 'year'): string => {
  const day = new Date(ms).toISOString().slice(0, 10)
  if (format === 'year') return day.slice(0, 4)
  if (format === 'month') return monthOf(ms) === 0 ? day.slice(0, 4) : formatDay(day, { year: false }).split(' ')[1]!
  return formatDay(day, { year: false })
}

/** First days of every `step`-th month within the span. */
function listMonthStarts(from: number, to: number, step: number): number[] {
  const starts: number[] = []
  for (let at = yearOf(from) * 12 + monthOf(from); ; at++) {
    const ms = Date.UTC(Math.floor(at / 12), at % 12, 1)
    if (ms > to) return starts
    if (ms >= from && at % step === 0) starts.push(ms)
  }
}

/** Days, months or years that a time axis names: at most `most`, evenly spaced, the year said at its January. */
export function listTimeTicks(from: number, to: number, most: number, grain: Grain | undefined): readonly TimeTick[] {
  const days = (to - from) / dayMs
  if (days < 2) {
    const times = [from, to]
    return times.map((at) => ({ at, label: new Date(at).toISOString().slice(11, 16) }))
  }
  const step = [1, 7, 14, 28].find((size) => days / size <= most)
  if (step !== undefined && days < 100 && grain !== 'month' && grain !== 'quarter' && grain !== 'year') {
    const first = to - Math.floor(days / step) * step * dayMs
    return Array.from({ length: Math.floor(days / step) + 1 }, (_, at) => first + at * step * dayMs).map((at) => ({
      at,
      label: nameTick(at, 'day'),
    }))
  }
  const monthStep = [1, 2, 3, 6, 12, 24, 60].find((size) => days / 30.4 / size <= most) ?? 120
  return listMonthStarts(from, to, monthStep).map((at) => ({
    at,
    label: nameTick(at, monthStep >= 12 ? 'year' : 'month'),
  }))
}

import type { Day } from '../base/periods.ts'

export interface Holiday {
  readonly name: string
  /** First and last day, both included. */
  readonly from: Day
  readonly to: Day
}

/** Days on which the company's customers are away. The catalog of the example declares the same ones as `events`. */
export const holidays: readonly Holiday[] = [2023, 2024, 2025, 2026, 2027, 2028].flatMap((year) => [
  { name: `Easter ${year}`, ...findEaster(year) },
  { name: `Labour Day ${year}`, from: `${year}-05-01`, to: `${year}-05-01` },
  { name: `Midsummer ${year}`, from: `${year}-06-23`, to: `${year}-06-24` },
  { name: `Christmas and New Year ${year}`, from: `${year}-12-24`, to: `${year + 1}-01-01` },
])

/** Good Friday to Easter Monday of the Gregorian calendar (Anonymous Gregorian algorithm, Meeus 1991, chapter 8). */
function findEaster(year: number): { readonly from: Day; readonly to: Day } {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = Math.floor(b / 4)
  const f = Math.floor((b + 8) / 25)
  const g = Math.floor((b - f + 1) / 3)
  const h = (19 * a + b - d - g + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  const sunday = Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1)
  const dayOf = (offset: number) => new Date(sunday + offset * 86_400_000).toISOString().slice(0, 10)
  return { from: dayOf(-2), to: dayOf(1) }
}

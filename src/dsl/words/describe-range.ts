import { formatDay, formatPeriod } from '../../base/format.ts'
import { addPeriods } from '../../base/periods.ts'
import { resolveRange, type Today } from '../check/resolve-range.ts'
import { formatRange } from '../text/format-expression.ts'
import type { Range } from '../tree/ast.ts'

/** The first and last day of a half-open stretch of days, as short as it can be said: `Sep 2024 to Aug 2026`. */
function describeDays(from: string, to: string): string {
  const last = addPeriods(to, -1, 'day')
  const isMonths = from.endsWith('-01') && to.endsWith('-01')
  const isYears = from.endsWith('-01-01') && to.endsWith('-01-01')
  const grain = isYears ? 'year' : isMonths ? 'month' : 'day'
  const [first, end] = [formatPeriod(from, grain), formatPeriod(last, grain)]
  return first === end ? first : `${first} to ${end}`
}

function describeBase(range: Range): string {
  const unit = (count: number, name: string) => (count === 1 ? name : `${name}s`)
  const ago = range.ago ? `, ${range.ago.count} ${unit(range.ago.count, range.ago.unit)} earlier` : ''
  switch (range.kind) {
    case 'last': {
      const including = range.includingThis ? ` and this ${range.unit}` : ''
      return range.count === 1
        ? `the last full ${range.unit}${including}${ago}`
        : `the last ${range.count} full ${range.unit}s${including}${ago}`
    }
    case 'next':
      return `the next ${range.count === 1 ? range.unit : `${range.count} ${range.unit}s`}${ago}`
    case 'this':
      return `this ${range.unit}${ago}`
    case 'to_date':
      return `the ${range.unit} to date${ago}`
    default:
      return formatRange(range)
  }
}

/** A range in words with what it comes to: `the last 24 full months: Sep 2024 to Aug 2026`. */
export function describeRange(range: Range, today: Today): string {
  const { from, to, precision } = resolveRange(range, today)
  const words = describeBase(range)
  if (precision === 'instant') return words
  if (from !== undefined && to !== undefined) {
    const days = from < to ? describeDays(from, to) : 'no day yet'
    return range.kind === 'period' || range.kind === 'span' ? days : `${words} (${days})`
  }
  if (to !== undefined) return `the time before ${formatDay(to)}`
  return `the time since ${formatDay(from)}`
}

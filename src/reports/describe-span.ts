import { formatDay, formatPeriod } from '../base/format.ts'
import { addPeriods } from '../base/periods.ts'
import type { Finding } from '../findings/finding.ts'
import { aboutOf } from '../findings/tell/pattern.ts'

type Span = Pick<Finding, 'from' | 'to' | 'grain'> & Partial<Pick<Finding, 'kind'>>

const isDaily = (grain: Finding['grain']) => grain === 'day' || grain === 'week'

const nameStart = (day: string, grain: Finding['grain'], year: boolean): string =>
  isDaily(grain) ? formatDay(day, { year }) : formatPeriod(day, grain)

/** First day of the last affected period; undefined while it lasts. */
export const lastAffected = ({ to, grain }: Span): string | undefined =>
  to === null ? undefined : to.length > 10 ? to : addPeriods(to, -1, grain)

/** When it was, in few words: `since 14 Sep`, `14 Sep to 17 Sep`, `14 Sep`; with years where asked; `over the whole history` without an onset. */
export function describeSpan(span: Span, { year = false }: { readonly year?: boolean } = {}): string {
  if (span.from === null)
    return aboutOf(span.kind ?? '') === 'behaviours' ? 'after the first days' : 'over the whole history'
  const last = lastAffected(span)
  const start = nameStart(span.from, span.grain, year)
  if (last === undefined) return `since ${start}`
  return last <= span.from ? start : `${start} to ${nameStart(last, span.grain, year)}`
}

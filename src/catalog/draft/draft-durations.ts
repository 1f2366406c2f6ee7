import { humanizeName } from '../build-model.ts'
import type { MetricInput, UnslicedMetric } from './metric-input.ts'
import { hasWord } from './name-words.ts'
import { plannedEndings } from './propose-spans.ts'

/** Of the rows that have both times at least so many must have them in their order. */
const orderedMin = 0.8

/** How long it took from one time of a row to another. */
export function draftDurations({ fields, spans }: MetricInput): readonly UnslicedMetric[] {
  return spans.flatMap((span): UnslicedMetric[] => {
    const from = fields.find(({ column }) => column === span.from)
    const to = fields.find(({ column }) => column === span.to)
    if (!from || !to || span.rows < 20 || span.ordered < orderedMin * span.rows) return []
    const unit = from.type === 'timestamp' ? 'hours' : 'days'
    const what = to.name.replace(/_(at|on|date|time)$/, '')
    const name = `${unit}_to_${what}`
    const isPlanned = hasWord(to.name, plannedEndings)
    const by = isPlanned
      ? 'by the former, for the latter is known from then on'
      : 'by the latter, so that only finished rows count'
    const turned = span.rows - span.ordered
    const doubt = turned > 0 ? `; ${turned} of ${span.rows} rows end before they begin` : ''
    const note = `from \`${from.name}\` to \`${to.name}\`, ${by}${doubt}`
    return [
      {
        name,
        label: humanizeName(name),
        measure: `avg(${unit}_between(${from.name}, ${to.name}))`,
        time: isPlanned ? from.name : to.name,
        good: isPlanned ? undefined : 'down',
        unit,
        format: 'duration',
        note,
      },
    ]
  })
}

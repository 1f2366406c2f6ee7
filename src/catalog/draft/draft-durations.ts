import { humanizeName } from '../build-model.ts'
import type { MetricInput, UnslicedMetric } from './metric-input.ts'

/** How long it took from one time of a row to another. */
export function draftDurations({ fields, spans }: MetricInput): readonly UnslicedMetric[] {
  return spans.flatMap((span): UnslicedMetric[] => {
    const from = fields.find(({ column }) => column === span.from)
    const to = fields.find(({ column }) => column === span.to)
    if (!from || !to || span.rows < 20 || span.ordered < 0.95 * span.rows) return []
    const unit = from.type === 'timestamp' ? 'hours' : 'days'
    const what = to.name.replace(/_(at|on|date|time)$/, '')
    const name = `${unit}_to_${what}`
    const note = `from \`${from.name}\` to \`${to.name}\`, by the latter, so that only finished rows count`
    return [
      {
        name,
        label: humanizeName(name),
        measure: `avg(${unit}_between(${from.name}, ${to.name}))`,
        time: to.name,
        good: 'down',
        unit,
        format: 'duration',
        note,
      },
    ]
  })
}

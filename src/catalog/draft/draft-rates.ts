import { humanizeName } from '../build-model.ts'
import { isFlag } from './draft-fields.ts'
import type { MetricInput, UnslicedMetric } from './metric-input.ts'
import { hasWord } from './name-words.ts'

const failureWords = ['failed', 'failure', 'declined', 'rejected', 'error', 'bounced', 'refused']
const badFlags = [
  'cancellation',
  'cancelled',
  'canceled',
  'refunded',
  'refund',
  'churned',
  'failed',
  'late',
  'overdue',
  'returned',
  'spam',
  'error',
  'breached',
  'lost',
]

/** Shares of rows in which something is so: flags, and a status that says failure. */
export function draftRates({ fields, time }: MetricInput): readonly UnslicedMetric[] {
  const flags = fields.flatMap((field): UnslicedMetric[] => {
    const isBoolean = field.type === 'boolean' && field.seen.distinct === 2
    if (!isBoolean && !isFlag(field.seen)) return []
    const what = field.name.replace(/^(is|has|was)_/, '')
    const measure = `count(where ${field.name} = ${isBoolean ? 'true' : '1'}) / count()`
    const good = hasWord(what, badFlags) ? 'down' : undefined
    return [
      {
        name: `${what}_rate`,
        label: humanizeName(`${what}_rate`),
        measure,
        time,
        good,
        unit: undefined,
        format: 'percent',
        note: `share of rows where \`${field.name}\` is yes`,
      },
    ]
  })
  const failures = fields.flatMap((field): UnslicedMetric[] =>
    field.type !== 'text' || !isStatus(field.name)
      ? []
      : field.values
          .filter(({ value }) => hasWord(value, failureWords))
          .map(({ value }) => {
            const measure = `count(where ${field.name} = "${value.replace(/[\\"]/g, '\\$&')}") / count()`
            return {
              name: 'failure_rate',
              label: 'Failure rate',
              measure,
              time,
              good: 'down',
              unit: undefined,
              format: 'percent',
              note: `share of rows whose \`${field.name}\` is \`${value}\``,
            }
          }),
  )
  return [...flags, ...failures.slice(0, 1), ...draftErrors({ fields, time })]
}

/** The share of answers over HTTP that are errors: of the server where there are any, else of either side. */
function draftErrors({ fields, time }: Pick<MetricInput, 'fields' | 'time'>): readonly UnslicedMetric[] {
  const code = fields.find(
    ({ name, type, hidden, seen: { low, high, isWhole, distinct } }) =>
      type === 'number' &&
      !hidden &&
      isWhole &&
      distinct > 1 &&
      hasWord(name, ['status', 'code']) &&
      isCode(low) &&
      isCode(high),
  )
  if (!code) return []
  const from = Number(code.seen.high) >= 500 ? 500 : 400
  if (Number(code.seen.high) < from) return []
  return [
    {
      name: 'error_rate',
      label: 'Error rate',
      measure: `count(where ${code.name} >= ${from}) / count()`,
      time,
      good: 'down',
      unit: undefined,
      format: 'percent',
      note: `share of rows whose \`${code.name}\` is an error of HTTP`,
    },
  ]
}

const isCode = (edge: string | number | undefined): boolean => Number(edge) >= 100 && Number(edge) < 600

/** Names of columns that change while a row grows older (status, closed by): by them, recent rows always look different. */
export const isStatus = (name: string): boolean =>
  hasWord(name, ['status', 'state', 'stage', 'phase', 'closed', 'resolved', 'solved', 'updated', 'modified', 'ended'])

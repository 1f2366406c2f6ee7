import { quotePath, quoteText } from '../dsl/quote.ts'
import type { Finding } from '../findings/finding.ts'

/** A changed exploration to go on with. */
export interface FollowUp {
  readonly title: string
  readonly text: string
}

type Subject = Pick<Finding, 'exploration' | 'metric' | 'grain'>

const periods = ['last 30 days', 'last 90 days', 'last 12 months', 'last 24 months'] as const

/** Lines of canonical text with their continuations joined. */
const readSteps = (text: string): readonly string[] =>
  text
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

/** Header lines and the condition of the finding's exploration, whether its rows come from a metric or from a model. */
function readStart({ exploration }: Subject) {
  const steps = readSteps(exploration)
  const start = steps.findIndex((step) => step.startsWith('from '))
  if (start < 0) return undefined
  const ofMetric = / where (.+)$/.exec(steps[start] ?? '')?.[1]
  const next = steps[start + 1] ?? ''
  const ofModel = next.startsWith('where ') ? next.slice('where '.length) : undefined
  return { header: steps.slice(0, start), condition: ofMetric ?? ofModel }
}

const lastPart = (path: string): string => path.split('.').at(-1) ?? path

function write(header: readonly string[], from: string, condition: string | undefined, chart: string): string {
  return [...header, condition === undefined ? from : `${from} where ${condition}`, chart].join('\n')
}

/** The finding's metric over its rows, cut by each of the fields that its slice does not fix. */
export function breakDown(
  finding: Subject,
  fields: readonly { readonly field: string; readonly label: string }[],
): readonly FollowUp[] {
  const start = readStart(finding)
  if (!start) return []
  const { metric, grain } = finding
  return fields.map(({ field, label }) => ({
    title: label,
    text: write(
      start.header,
      `from metric ${metric} by ${grain}, ${field}`,
      start.condition,
      `chart line ${grain}, ${metric} by ${lastPart(field)}`,
    ),
  }))
}

/** The finding's metric in a part of its rows; nothing where its rows cannot be told by a condition. */
export function narrow(finding: Subject, slice: Finding['slice']): string | undefined {
  const start = readStart(finding)
  if (!start || slice.length === 0) return undefined
  const { metric, grain } = finding
  const conditions = slice.map(({ field, value }) => {
    const name = quotePath(field.split('.'))
    if (value === null) return `${name} is empty`
    return `${name} = ${typeof value === 'string' ? quoteText(value) : value}`
  })
  const condition = [...(start.condition === undefined ? [] : [start.condition]), ...conditions].join(' and ')
  return write(start.header, `from metric ${metric} by ${grain}`, condition, `chart line ${grain}, ${metric}`)
}

/** The finding's metric over other periods; none where its condition names no period to change. */
export function changePeriod(finding: Subject): readonly FollowUp[] {
  const start = readStart(finding)
  const range = / in last \d+ \w+/
  if (start?.condition === undefined || !range.test(start.condition)) return []
  const { header, condition } = start
  const { metric, grain } = finding
  return periods.map((period) => ({
    title: period,
    text: write(
      header,
      `from metric ${metric} by ${grain}`,
      condition.replace(range, ` in ${period}`),
      `chart line ${grain}, ${metric}`,
    ),
  }))
}

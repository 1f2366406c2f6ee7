import { quotePath, quoteText } from '../dsl/text/quote.ts'
import type { Finding } from '../findings/finding.ts'

/** A changed exploration to go on with. */
export interface FollowUp {
  readonly title: string
  readonly text: string
}

type Subject = Pick<Finding, 'exploration' | 'metric' | 'grain'> & {
  /** What is measured is no metric of the catalog: its own steps are gone on with. */
  readonly isOwnMeasure?: boolean | undefined
}

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

/** The steps that make the rows, without what draws or tests them. */
const readOwn = ({ exploration }: Subject): readonly string[] =>
  readSteps(exploration).filter((step) => !/^(test|chart) /.test(step))

/** The step that says what its rows stand for, and where a further field goes in it. */
const groupings: readonly (readonly [start: string, end: string])[] = [
  ['retention by ', ' on '],
  ['group by ', ': '],
  ['from metric ', ' where '],
]

/** The finding's own steps with a field more that tells its rows apart; nothing where no step does. */
function breakDownOwn(finding: Subject, field: string): string | undefined {
  const steps = readOwn(finding)
  for (const [start, end] of groupings) {
    const at = steps.findLastIndex((step) => step.startsWith(start))
    const place = steps[at]?.indexOf(end) ?? -1
    if (place < 0) continue
    const step = steps[at]!
    return steps.with(at, `${step.slice(0, place)}, ${quotePath(field.split('.'))}${step.slice(place)}`).join('\n')
  }
  return undefined
}

/** Of cohorts, all ages at once; of no other rows there is more to see than the finding shows. */
export function showWhole(finding: Subject): readonly FollowUp[] {
  const steps = readOwn(finding)
  if (!finding.isOwnMeasure || !steps.some((step) => step.startsWith('retention by '))) return []
  return [{ title: 'cohorts at every age', text: [...steps, 'chart heatmap cohort, period, rate'].join('\n') }]
}

/** The finding's metric over its rows, cut by each of the fields that its slice does not fix. */
export function breakDown(
  finding: Subject,
  fields: readonly { readonly field: string; readonly label: string }[],
): readonly FollowUp[] {
  if (finding.isOwnMeasure)
    return fields.flatMap(({ field, label }) => {
      const text = breakDownOwn(finding, field)
      return text === undefined ? [] : [{ title: label, text }]
    })
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
  if (finding.isOwnMeasure) {
    const own = readOwn(finding).join('\n')
    return periods.map((period) => ({ title: period, text: own.replace(range, ` in ${period}`) }))
  }
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

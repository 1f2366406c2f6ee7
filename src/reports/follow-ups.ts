import type { Finding } from '../findings/finding.ts'

/** A changed exploration to go on with. */
export interface FollowUp {
  readonly title: string
  readonly text: string
}

const periods = ['last 30 days', 'last 90 days', 'last 12 months', 'last 24 months'] as const

/** Lines of canonical text with their continuations joined. */
const readSteps = (text: string): readonly string[] =>
  text
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

/** The finding's exploration taken apart: `from metric signups by day where …`; undefined when it starts otherwise. */
function readStart(text: string) {
  const steps = readSteps(text)
  const at = steps.findIndex((step) => step.startsWith('from metric '))
  const parts = /^from metric (\S+) by ([^ ,]+)(.*)$/.exec(steps[at] ?? '')
  if (!parts) return undefined
  return { header: steps.slice(0, at), metric: parts[1] ?? '', grain: parts[2] ?? '', rest: parts[3] ?? '' }
}

const lastPart = (path: string): string => path.split('.').at(-1) ?? path

/** The finding's metric, cut by each of the fields that its slice does not fix. */
export function breakDown(
  { exploration }: Pick<Finding, 'exploration'>,
  fields: readonly { readonly field: string; readonly label: string }[],
): readonly FollowUp[] {
  const start = readStart(exploration)
  if (!start) return []
  const { header, metric, grain, rest } = start
  return fields.map(({ field, label }) => ({
    title: label,
    text: [
      ...header,
      `from metric ${metric} by ${grain}, ${field}${rest}`,
      `chart line ${grain}, ${metric} by ${lastPart(field)}`,
    ].join('\n'),
  }))
}

/** The finding's metric over other periods. */
export function changePeriod({ exploration }: Pick<Finding, 'exploration'>): readonly FollowUp[] {
  const start = readStart(exploration)
  if (!start) return []
  const { header, metric, grain, rest } = start
  const range = / in last \d+ \w+/
  if (!range.test(rest)) return []
  return periods.map((period) => ({
    title: period,
    text: [
      ...header,
      `from metric ${metric} by ${grain}${rest.replace(range, ` in ${period}`)}`,
      `chart line ${grain}, ${metric}`,
    ].join('\n'),
  }))
}

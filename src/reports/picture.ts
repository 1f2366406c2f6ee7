import type { TopLevelSpec } from 'vega-lite'
import { formatNumber, formatRange } from '../base/format.ts'
import type { Picture } from '../findings/evidence.ts'
import type { Finding } from '../findings/finding.ts'
import { aboutOf } from '../findings/tell/pattern.ts'
import type { ChartSize } from './chart-layout.ts'
import type { ChartTheme } from './chart-theme.ts'
import { describeChart, nameSubject } from './describe-chart.ts'
import { specifyMembersChart } from './members-chart.ts'
import { specifyPointsChart } from './points-chart.ts'
import { specifySeriesChart } from './series-chart.ts'

/** Whether there is anything to draw of a finding. */
export const hasPicture = ({ series, members = [], points = [] }: Picture): boolean =>
  series.length + members.length + points.length > 0

/** The picture of a finding: its series, a value beside its siblings, or pairs of numbers. */
export function specifyPicture(
  { series, members, points }: Picture,
  finding: Finding,
  theme: ChartTheme,
  size: ChartSize,
): TopLevelSpec {
  if (members) return specifyMembersChart(members, finding, theme, size)
  if (points)
    return specifyPointsChart(
      points,
      { x: finding.with?.metric.replaceAll('_', ' ') ?? '', y: finding.metricLabel },
      theme,
      size,
    )
  return specifySeriesChart(series, finding, theme, size)
}

/** The picture in one sentence, for those who do not see it. */
export function describePicture({ series, members, points }: Picture, finding: Finding): string {
  if (points)
    return `${finding.headline}: ${points.length} ${finding.kind === 'lead_lag' ? `${finding.grain}s` : 'rows'} as dots`
  const [first] = finding.named ?? []
  if (aboutOf(finding.kind) === 'behaviours') return finding.headline
  if (!members) return `${first ? `${first.label}: ` : ''}${describeChart(finding, series)}`
  const style = { unit: finding.unit, format: finding.format }
  const expected = `its siblings let expect ${formatRange(finding.low, finding.high, style)}`
  return `${nameSubject(finding)} among ${members.length}: ${formatNumber(finding.observed, style)}, ${expected}`
}

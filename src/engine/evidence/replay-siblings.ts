import { invariant } from '../../base/invariant.ts'
import { addPeriods } from '../../base/periods.ts'
import { buildCrossSection } from '../../hypotheses/series/build-cross-section.ts'
import { shapeMeasure } from '../../hypotheses/series/measure-shape.ts'
import { readScanTable } from '../../hypotheses/series/scan-table.ts'
import { isShareOfRows, labelMember } from '../../hypotheses/write/write-standing.ts'
import { judgeSibling } from '../judge/judge-sibling.ts'
import type { Replayed, ReplayInput } from './replay-test.ts'

/** Siblings that a picture shows beside the one it is about. */
const siblingsMax = 24

/** A value among its siblings, judged again. */
export function replaySiblings({ context, finding, test, rows, columns }: ReplayInput): Replayed {
  const { model, metric, measure, grain, slice } = finding
  const member = slice.at(-1)
  invariant(member, 'a finding about a value among its siblings names it')
  const shape = shapeMeasure({ measure })
  const days = rows.map(([day]) => String(day).slice(0, 10)).sort()
  const [first, last] = [days[0] ?? '1970-01-01', days.at(-1) ?? '1970-01-01']
  const bounds = { from: first, to: addPeriods(last, 1, grain) }
  const scan = { id: 'replay', model, time: '', grain, ...bounds, missing: [], text: '' }
  const table = readScanTable(
    { ...scan, dimensions: [member.field], metrics: [metric] },
    { columns, rows },
    context.calendar,
  )
  const siblings = table.slices.map((one) => ({ member: one.slice[0]!, slice: one }))
  const isShare = isShareOfRows({ measure }, slice.slice(0, -1))
  const section = buildCrossSection(siblings, metric, shape, isShare)
  const label = labelMember(member)
  const members = section.labels
    .map((name, at) => ({ label: name, value: section.values[at]!, isSubject: name === label }))
    .sort((a, b) => b.value - a.value)
  const shown = members.filter(({ isSubject }, at) => isSubject || at < siblingsMax)
  const judged = judgeSibling({ section, shape, label, options: test.options })
  return { ...judged, series: [], members: shown }
}

import type { TopLevelSpec } from 'vega-lite'
import { formatNumber, withoutUnit } from '../base/format.ts'
import type { Evidence } from '../findings/evidence.ts'
import type { Finding } from '../findings/finding.ts'
import { type ChartSize, frameChart, measureText } from './chart-layout.ts'
import { type ChartTheme, toneOf } from './chart-theme.ts'

type Members = NonNullable<Evidence['members']>
type Story = Pick<Finding, 'unit' | 'format' | 'good' | 'low' | 'high'>

const rowsMax = { wide: 12, narrow: 8 } as const
const lettersMax = 26

const shorten = (text: string): string => (text.length <= lettersMax ? text : `${text.slice(0, lettersMax - 1)}…`)

/** The largest members, the one it is about always among them. */
function chooseMembers(members: Members, most: number): Members {
  const subject = members.findIndex(({ isSubject }) => isSubject)
  return subject < most ? members.slice(0, most) : [...members.slice(0, most - 1), members[subject]!]
}

/**
 * A value beside its siblings as a Vega-Lite specification: a bar each, largest first, the one that the finding is about in the accent
 * colour, its number at each bar's end, and the range in which its siblings let expect it as a band behind.
 */
export function specifyMembersChart(members: Members, story: Story, theme: ChartTheme, size: ChartSize): TopLevelSpec {
  const style = withoutUnit(story)
  const shown = chooseMembers(members, size.width < 400 ? rowsMax.narrow : rowsMax.wide)
  const rows = shown.map(({ label, value, isSubject }, at) => ({
    at,
    label: shorten(label),
    value,
    words: formatNumber(value, style),
    isSubject,
  }))
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => measureText(text, size.fontSize)))
  const padding = {
    left: Math.ceil(widest(rows.map(({ label }) => label))) + 12,
    right: Math.ceil(widest(rows.map(({ words }) => words))) + 12,
    top: 6,
    bottom: 6,
  }
  const step = Math.min(24, (size.height - 12) / rows.length)
  const low = Math.min(0, story.low, ...rows.map(({ value }) => value))
  const high = Math.max(0, Math.min(story.high, 3 * Math.max(...rows.map(({ value }) => value))))
  const domain = [low, Math.max(high, ...rows.map(({ value }) => value))]
  const x = { type: 'quantitative' as const, scale: { domain, nice: false }, axis: null }
  const y = { field: 'at', type: 'ordinal' as const, axis: null, scale: { paddingInner: 0.35, paddingOuter: 0.2 } }
  const accent = theme[toneOf(story.good)]
  return {
    ...frameChart(theme, size, {
      width: size.width - padding.left - padding.right,
      height: Math.round(step * rows.length),
      padding,
    }),
    data: { values: rows },
    layer: [
      {
        data: { values: [{ low: Math.max(domain[0]!, story.low), high: Math.min(domain[1]!, story.high) }] },
        mark: { type: 'rect', color: theme.band, opacity: 1 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      {
        mark: { type: 'bar', cornerRadiusEnd: 2 },
        encoding: {
          y,
          x: { ...x, field: 'value' },
          color: { condition: { test: 'datum.isSubject', value: accent }, value: theme.expected },
        },
      },
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', dx: 6 },
        encoding: {
          y,
          x: { ...x, field: 'value' },
          text: { field: 'words' },
          color: { condition: { test: 'datum.isSubject', value: accent }, value: theme.muted },
        },
      },
      {
        mark: { type: 'text', align: 'right', baseline: 'middle', x: -8 },
        encoding: {
          y,
          text: { field: 'label' },
          color: { condition: { test: 'datum.isSubject', value: accent }, value: theme.ink },
        },
      },
    ],
  }
}

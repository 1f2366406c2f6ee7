import { basename } from 'node:path'
import { isError } from '../../base/diagnostic.ts'
import { addPeriods, type Day } from '../../base/periods.ts'
import { toHypothesis } from '../../hypotheses/authored/read-authored.ts'
import type { Withheld } from '../../hypotheses/data/profile-model.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import type { ModelProfile } from '../../hypotheses/series/draft-scans.ts'
import type { AuthoredHypotheses } from './read-hypotheses.ts'

/** Each of the team's own questions as a scan of its own, before all others; files with mistakes are withheld with what is wrong. */
export function planAuthored(
  { hypotheses, diagnostics }: Pick<AuthoredHypotheses, 'hypotheses' | 'diagnostics'>,
  profiles: readonly ModelProfile[],
  asOf: Day,
): { readonly scans: readonly SharedScan[]; readonly withheld: readonly Withheld[] } {
  const to = addPeriods(asOf, 1, 'day')
  const scans = hypotheses.map((authored): SharedScan => {
    const { name, model, grain, metric } = authored
    const hypothesis = toHypothesis(authored, to)
    const own = profiles.filter((one) => one.model === model && (!metric || one.time === metric.time))
    return {
      id: `h-${hypothesis.key}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`.slice(0, 100),
      model,
      time: metric?.time ?? '',
      grain,
      from: asOf,
      to,
      missing: [...new Set(own.flatMap(({ missing }) => missing))].sort(),
      dimensions: [],
      metrics: [],
      text: hypothesis.text,
      hypothesis,
    }
  })
  const withheld = diagnostics.filter(isError).map(({ source, message }) => ({
    what: basename(source?.name ?? 'a hypothesis'),
    why: `is left out: ${message} (\`hunch check\` shows the place)`,
  }))
  return { scans, withheld }
}

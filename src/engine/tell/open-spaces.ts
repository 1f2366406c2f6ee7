import { addPeriods } from '../../base/periods.ts'
import type { SliceSpace } from '../../findings/candidate.ts'
import { yearDays } from '../../findings/explain/recurs-yearly.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { profileKey } from '../../hypotheses/series/draft-scans.ts'
import { listScanPeriods } from '../../hypotheses/series/scan-table.ts'
import { writeScan } from '../../hypotheses/write/write-exploration.ts'
import type { EngineContext } from '../context.ts'
import { readSubject } from '../data/fingerprint-scans.ts'
import { openSpace, type SpaceCosts } from '../plan/open-space.ts'
import type { ScanMemory } from '../scan/load-scan.ts'
import type { Spaces } from './tell-stories.ts'

/** Whether a scan says anything of the table by period, as rows of single things do not. */
export const isOfPeriods = ({ reads }: SharedScan): boolean => reads === undefined || reads === 'rows'

/** The tables of a cycle, by model and time; each is opened when it is first asked for. */
export function openSpaces(
  context: EngineContext,
  scans: readonly SharedScan[],
  memory: ScanMemory,
  costs: SpaceCosts,
): Spaces {
  const spaces = new Map<string, SliceSpace>()
  return (model, time) => {
    const key = profileKey(model, time)
    const known = spaces.get(key)
    if (known) return known
    const own = scans.filter(
      (scan) => scan.model === model && scan.time === time && !scan.hypothesis && isOfPeriods(scan),
    )
    const space = openSpace(context, own, memory, costs)
    spaces.set(key, space)
    return space
  }
}

/** The same tables of a year before, period by period. */
export function openYearBefore(context: EngineContext, scans: readonly SharedScan[], costs: SpaceCosts): Spaces {
  const before = scans.flatMap((scan): readonly SharedScan[] => {
    const periods = listScanPeriods(scan, context.calendar).length
    const subject = scan.hypothesis || !isOfPeriods(scan) ? undefined : readSubject(context.catalog, scan, periods)
    if (!subject) return []
    const [from, to] = [scan.from, scan.to].map((day) => addPeriods(day, -yearDays, 'day')) as [string, string]
    const text = writeScan(context.catalog, { ...subject, history: { ...subject.history, today: to } })
    const { kept: _, ...bare } = scan
    return [{ ...bare, id: `${scan.id}-year-before`, from, to, missing: [], text }]
  })
  return openSpaces(context, before, new Map(), costs)
}

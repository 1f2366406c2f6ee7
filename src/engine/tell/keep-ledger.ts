import { addPeriods } from '../../base/periods.ts'
import type { ErrorControl } from '../../findings/errors/control-errors.ts'
import type { NewStories, NewStoriesInput } from '../../findings/errors/control-new-stories.ts'
import { findLevel } from '../../findings/errors/find-level.ts'
import {
  addReplicates,
  countReplicates,
  farTail,
  replicateDays,
  type Tightened,
  tightenDetectors,
} from '../../findings/errors/tighten-detectors.ts'
import type { LedgerSummary, StoredVerdict } from '../../findings/finding.ts'
import type { Cycle } from '../../store/cycles.ts'
import { inTransaction } from '../../store/database.ts'
import { listCycleFindings } from '../../store/findings.ts'
import { type LedgerEntry, listLedger, listRepeated, lockLedger, saveLedgerEntry } from '../../store/ledger.ts'
import type { EngineContext } from '../context.ts'

/** A cycle's entry of the ledger while it is being judged. */
export interface OpenLedger extends Pick<NewStoriesInput, 'level' | 'earlier' | 'repeated'> {
  readonly entry: LedgerEntry
  readonly tightened: readonly Tightened[]
  /** Null replicates of the last weeks. */
  readonly replicates: LedgerSummary['replicates']
}

/**
 * Takes the level of a cycle's new stories from the ledger, at once and before anything is judged: of two cycles that are judged at the same time the
 * second one finds what the first has taken. Judging a cycle again takes its own entry back first.
 */
export async function openLedger(
  { database, engine }: EngineContext,
  cycle: Cycle,
  replicates: readonly StoredVerdict[],
): Promise<OpenLedger> {
  const { id, workspace, asOf } = cycle
  const own = countReplicates(replicates)
  const { entry, past } = await inTransaction(database, async (transaction) => {
    await lockLedger(transaction, workspace)
    const before = await listLedger(transaction, cycle)
    const level = findLevel(before, asOf, engine.fdr)
    const taken = { cycleId: id, workspace, asOf, level, discoveries: 0, discoveriesMax: 1, replicates: own }
    await saveLedgerEntry(transaction, taken)
    return { entry: taken, past: before }
  })
  const newest = past.find(({ isTold }) => isTold)
  const counts = addReplicates([own, ...listReplicates(past, asOf)])
  const all = Object.values(counts)
  return {
    entry,
    level: entry.level,
    earlier: newest ? await listCycleFindings(database, newest.cycleId) : [],
    repeated: new Set(newest ? await listRepeated(database, id, newest.cycleId) : []),
    tightened: tightenDetectors(counts),
    replicates: {
      days: replicateDays,
      tested: all.reduce((sum, { tested }) => sum + tested, 0),
      far: all.reduce((sum, { far }) => sum + far, 0),
      promised: farTail,
    },
  }
}

/** Those of the last weeks, one cycle a day: a second one permuted the same series. */
function listReplicates(past: readonly LedgerEntry[], asOf: string) {
  const since = addPeriods(asOf, -replicateDays, 'day')
  const days = new Map<string, LedgerEntry>()
  for (const entry of past)
    if (entry.asOf > since && entry.asOf < asOf && !days.has(entry.asOf)) days.set(entry.asOf, entry)
  return [...days.values()].map(({ replicates }) => replicates)
}

/** Writes what the cycle came to: tests on data that have not changed cost nothing. */
export async function closeLedger(
  { database }: EngineContext,
  { entry, level, repeated, replicates, tightened }: OpenLedger,
  { tested }: Pick<ErrorControl, 'tested'>,
  { discoveries, discoveriesMax }: Omit<NewStories<unknown>, 'stories'>,
): Promise<LedgerSummary> {
  const freshShare = tested === 0 ? 0 : Math.max(0, 1 - repeated.size / tested)
  await saveLedgerEntry(database, { ...entry, level: level * freshShare, discoveries, discoveriesMax })
  const bar = level / Math.max(1, tested)
  return {
    level,
    discoveries,
    repeated: repeated.size,
    replicates,
    tightened: tightened.map(({ exponent, ...counts }) => ({ ...counts, times: bar ** (1 - 1 / exponent) })),
  }
}

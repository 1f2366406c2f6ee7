import { Failure } from '../../base/failure.ts'
import { invariant } from '../../base/invariant.ts'
import type { Day } from '../../base/periods.ts'
import type { AnyDetector } from '../../detectors/detector.ts'
import { detectors } from '../../detectors/index.ts'
import type { Shape } from '../../detectors/shapes.ts'
import type { Compiled } from '../../dsl/exploration.ts'
import type { Picture } from '../../findings/evidence.ts'
import type { Finding } from '../../findings/finding.ts'
import { compileExploration, type QueryResult, runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import type { JudgedNumbers } from '../judge/judge-sibling.ts'
import { replayAccounts } from './replay-accounts.ts'
import { replayBehaviours } from './replay-behaviours.ts'
import { replayCohorts } from './replay-cohorts.ts'
import { replayDrift } from './replay-drift.ts'
import { replayDurations } from './replay-durations.ts'
import { replayFunnels } from './replay-funnels.ts'
import { replayGoals } from './replay-goals.ts'
import { replayLeads } from './replay-leads.ts'
import { replayPair } from './replay-pair.ts'
import { replaySeries } from './replay-series.ts'
import { replaySiblings } from './replay-siblings.ts'
import { replayTable } from './replay-table.ts'

/** What a finding's exploration has to be judged by: its rows up to the test, and where each column stands. */
export interface ReplayInput {
  readonly context: EngineContext
  readonly finding: Pick<Finding, 'exploration' | 'metric' | 'measure' | 'grain' | 'model' | 'slice' | 'by' | 'with'>
  readonly test: NonNullable<Compiled['test']>
  readonly rows: QueryResult['rows']
  readonly columns: QueryResult['columns']
  /** Holes in the data. */
  readonly missing: readonly Day[]
  /** Those of the other model, where it is about two metrics. */
  readonly missingOfOther?: readonly Day[] | undefined
  /** The day that counts as today in the exploration. */
  readonly today: Day
}

/** A verdict in numbers and what its picture is drawn from. */
export type Replayed = JudgedNumbers & Picture

export interface Replay {
  readonly compiled: Compiled
  readonly detector: AnyDetector
  readonly replayed: Replayed
}

/**
 * Runs the exploration of a hypothesis by itself, up to its test, and puts its rows before the detector: the same rows, measures and
 * periods as in the shared scan, so the same numbers. `missing` are holes in the data, known from the cycle or looked for again.
 */
export async function replayTest(
  context: EngineContext,
  finding: ReplayInput['finding'],
  missing: readonly Day[],
  missingOfOther?: readonly Day[],
): Promise<Replay> {
  const compiled = compileExploration(context, finding.exploration)
  const { test } = compiled
  const detector = test && detectors.find(({ name }) => name === test.detector)
  invariant(test && detector, 'a finding keeps an exploration that ends in the test of a detector')
  const replay = replays[detector.shape]
  if (!replay)
    throw new Failure(`\`${detector.name}\` cannot be asked of the rows of an exploration`, {
      code: 'test-does-not-fit',
      hint: `It judges ${detector.shape}; detectors of ${Object.keys(replays).join(', ')} can be asked.`,
    })
  const { rows, columns, truncated } = await runExploration(context, finding.exploration, {
    upToStep: findTestStep(compiled) - 1,
    limits: { rowsMax },
  })
  if (truncated)
    throw new Failure(`the exploration of the test has more than ${rowsMax} rows`, {
      code: 'test-too-large',
      hint: 'Ask about fewer periods, or a field with fewer values.',
    })
  const input = { context, finding, test, rows, columns, missing, missingOfOther, today: compiled.asOf }
  return { compiled, detector, replayed: replay(input) }
}

/** As many rows as a shared scan may have. */
const rowsMax = 500_000

/** How the rows of an exploration become the shape that a detector wants, by shape. */
const replays: { readonly [S in Shape]?: (input: ReplayInput) => Replayed } = {
  series: replaySeries,
  cohorts: replayCohorts,
  durations: replayDurations,
  goal: replayGoals,
  conversions: replayFunnels,
  strata: replayBehaviours,
  'cross-section': replaySiblings,
  points: replayPair,
  pair: replayLeads,
  samples: replayDrift,
  breakdown: replayTable,
  leaves: replayTable,
  accounts: replayAccounts,
}

/** Index of the `test` step. */
export const findTestStep = ({ steps }: Compiled): number => steps.findLastIndex(({ text }) => text.startsWith('test '))

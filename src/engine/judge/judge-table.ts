import type { Detector, Tested } from '../../detectors/detector.ts'
import type { Series } from '../../detectors/shapes.ts'
import { permuteBlocks } from '../../findings/errors/permute-blocks.ts'
import type { TestedNumbers } from '../../findings/finding.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import {
  type BrokenDown,
  buildBreakdown,
  buildLeaves,
  type TableMeasure,
} from '../../hypotheses/series/build-breakdown.ts'
import { createRandom } from '../../stats/random.ts'
import { pickNumbers, withSentence } from '../evidence/pick-numbers.ts'
import type { JudgedNumbers } from './judge-sibling.ts'

export interface TableTest extends TableMeasure {
  readonly detector: Detector<'breakdown'> | Detector<'leaves'>
  readonly options: Readonly<Record<string, string | number | boolean>>
}

/** A verdict about the slices of a scan beside each other. */
export interface JudgedTable {
  readonly judged: JudgedNumbers
  /** The slice that it is about, where it is about one. */
  readonly slice: Slice
}

const nothing = (reason: string): JudgedTable => ({ judged: { status: 'untestable', reason }, slice: [] })

/** Seasons that stay together when a breakdown is permuted: as those of series. */
const blockOf = ({ grain }: Series): number => (grain === 'day' ? 7 : 4)

/** Puts the slices of a scan before a detector of breakdowns or leaves. A seed permutes the weeks of a breakdown
 * first, those of all slices alike (null replicate); leaves have no weeks. */
export function judgeTable(test: TableTest, permuteSeed?: number): JudgedTable {
  if (test.detector.shape === 'leaves') return judgeLeaves(test, test.detector)
  const built = buildBreakdown(test)
  if (typeof built === 'string') return nothing(built)
  const breakdown =
    permuteSeed === undefined
      ? built.breakdown
      : {
          ...built.breakdown,
          slices: built.breakdown.slices.map(({ label, series }) => ({
            label,
            series: permuteBlocks(series, blockOf(series), createRandom(permuteSeed)),
          })),
        }
  const { detector, options } = test
  const verdict = detector.detect(breakdown, detector.options.parse(options))
  if (verdict.status === 'untestable') return { judged: verdict, slice: [] }
  return describeBreakdown(verdict, built, test)
}

/** Detectors whose verdict names the slice that it is about. */
const namesSlice: ReadonlySet<string> = new Set(['divergence', 'rank_change'])

function describeBreakdown(verdict: Tested, built: BrokenDown, { table, detector }: TableTest): JudgedTable {
  const { details, sentence, change } = verdict
  const place = built.breakdown.slices.findIndex(({ label }) => label === sentence.subject)
  const isOne = namesSlice.has(detector.name)
  // what the many small values did together is no slice that anybody could look at: it has no share
  const member = isOne ? built.members[place] : []
  const share = member === undefined ? 0 : isOne ? built.shares[place]! : 1
  const moved = isOne
    ? Number(details.share_moved ?? share * Math.abs(change))
    : Math.abs(Number(details.share_recent) - Number(details.share_earlier))
  const { periods } = table
  const from = Math.max(0, periods.indexOf(String(details.since)))
  const to = typeof details.to === 'number' ? details.to : periods.length
  const numbers = dateNumbers(verdict, spanOf(periods, from, to), { share_of_whole: moved, share_of_rows: share })
  return { judged: { status: 'tested', numbers: withSentence(numbers, verdict, detector.name) }, slice: member ?? [] }
}

const spanOf = (periods: readonly string[], from: number, to: number) => ({
  from: periods[from]!,
  to: to >= periods.length ? null : periods[to]!,
  periods: to - from,
})

function dateNumbers(
  verdict: Tested,
  span: Pick<TestedNumbers, 'from' | 'to' | 'periods'>,
  more: TestedNumbers['details'],
): TestedNumbers {
  return { ...pickNumbers(verdict, more), ...span }
}

function judgeLeaves(measure: TableTest, detector: Detector<'leaves'>): JudgedTable {
  const split = buildLeaves(measure)
  if (typeof split === 'string') return nothing(split)
  const verdict = detector.detect(split.leaves, detector.options.parse(measure.options))
  if (verdict.status === 'untestable') return { judged: verdict, slice: [] }
  const { periods } = measure.table
  const share = Number.isFinite(verdict.change) ? Math.abs(verdict.change) : 0
  const numbers = dateNumbers(verdict, spanOf(periods, split.from, periods.length), { share_of_whole: share })
  return { judged: { status: 'tested', numbers: withSentence(numbers, verdict, detector.name) }, slice: [] }
}

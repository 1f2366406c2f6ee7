import { type Day, daysBetween } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { Candidate, SliceSpace } from '../candidate.ts'
import { type LogRatio, measureRatio, type Window } from '../explain/measure-movement.ts'
import { readRows } from '../explain/read-rows.ts'
import type { PipelineFault } from './data-fault.ts'
import { areEven, type Evenness, weighEvenness } from './weigh-evenness.ts'

/** Fewest tables and metrics that must have moved as one: a funnel has two tables, and a table with a count and a sum two metrics. */
const tablesMin = 3
const metricsMin = 5
/** Days by which estimated onsets of one instant may lie off it; whether it is one the days themselves say. */
const onsetDaysMax = 2
/** Fewest periods that it must have lasted: a single day is a holiday as well as a fault. */
const periodsMin = 3
/** How well the ratio of a table must be known to say anything: its standard error, also as a part of the movement. */
const errorMax = 0.1
const errorShareMax = 0.25
/** Level at which tables (and values) are said to differ, and the part of the movement by which they may truly do so. */
const pMin = 0.01
const spreadOfTables = 0.15
const spreadOfValues = 0.25
/** Fewest comparisons of values within tables that evenness is seen by, and rows that each must let expect. */
const valuesMin = 3
const rowsMin = 20
/** Part of the movement by which its two halves may differ: business swells and ebbs, a fault is there or not. */
const halvesMax = 0.3

/** What moved at one instant, one candidate a metric, surest first. */
interface Cluster {
  readonly members: readonly Candidate[]
  readonly since: Day
  /** The day after the last affected one by the surest of them; null while it lasts. */
  readonly to: Day | null
}

export interface FaultSearch {
  readonly catalog: Catalog
  /** The table of a candidate's metric. */
  readonly spaceOf: (candidate: Candidate) => SliceSpace
}

export interface FoundFault {
  readonly fault: PipelineFault
  /** The surest movement of a whole in a table whose part is well known. */
  readonly lead: Candidate
  /** The movements of wholes that it was seen by. */
  readonly members: readonly Candidate[]
}

interface Measured {
  readonly candidate: Candidate
  readonly space: SliceSpace
  readonly window: Window
  readonly rows: Float64Array
  readonly ratio: LogRatio
}

/**
 * Whether many metrics moved at one instant as only the load of data moves them: whole counts and sums of several tables, all by the same
 * part, in each value of their fields, from one day on and evenly until it ends. Business moves tables by parts of their own, some values more than
 * others, and swells or ebbs. Undefined where it is not as clear as that.
 */
export async function findPipelineFault(
  candidates: readonly Candidate[],
  search: FaultSearch,
): Promise<FoundFault | undefined> {
  const cluster = findCluster(candidates)
  if (!cluster) return undefined
  const measured = await measureTables(cluster, search)
  const all = weighEvenness(measured.map(({ ratio }) => ratio))
  const size = Math.abs(all.log)
  const known = measured.filter(({ ratio }) => ratio.error <= Math.min(errorMax, errorShareMax * size))
  const pooled = weighEvenness(known.map(({ ratio }) => ratio))
  if (known.length < tablesMin || !areEven([pooled], pMin, spreadOfTables * size)) return undefined
  if (
    !known.every((one) => beginsAtOnce(one, all.log)) ||
    !isFlat(known, size) ||
    !(await isEvenInside(known, search, size))
  )
    return undefined
  const [lead] = known.map(({ candidate }) => candidate).sort(bySurprise)
  const { since, to } = cluster
  const change = Math.expm1(pooled.log)
  const concerns = listConcerned(cluster.members)
  const fault = { kind: 'pipeline_fault', since, to, change, concerns } as const
  return { lead: lead!, members: cluster.members, fault }
}

const bySurprise = (a: Candidate, b: Candidate): number =>
  Math.abs(b.movement.strength) - Math.abs(a.movement.strength) ||
  (a.verdict.hypothesis.text < b.verdict.hypothesis.text ? -1 : 1)

const isWhole = ({ verdict: { hypothesis, kind } }: Candidate): boolean =>
  hypothesis.slice.length === 0 && (kind === 'count' || kind === 'amount')

const nameOf = ({ verdict: { hypothesis } }: Candidate): string => `${hypothesis.model}.${hypothesis.metric}`

const onceEach = (candidates: readonly Candidate[]): readonly Candidate[] =>
  candidates.filter((one, at) => candidates.findIndex((other) => nameOf(other) === nameOf(one)) === at)

/** Counts and sums of whole tables among candidates, each once, by how far they moved. */
export const listConcerned = (candidates: readonly Candidate[]): PipelineFault['concerns'] =>
  onceEach(candidates.filter(isWhole)).map(({ verdict: { hypothesis }, movement }) => ({
    model: hypothesis.model,
    metric: hypothesis.metric,
    change: Math.round(movement.change * 1000) / 1000,
  }))

const modelsOf = (members: readonly Candidate[]): number =>
  new Set(members.map(({ verdict }) => verdict.hypothesis.model)).size

/** The instant at which the most tables moved the same way; undefined where they are too few. */
function findCluster(candidates: readonly Candidate[]): Cluster | undefined {
  const wholes = candidates
    .filter((one) => isWhole(one) && one.verdict.hypothesis.grain === 'day' && one.verdict.numbers.from !== null)
    .sort(bySurprise)
  const instants = new Set(wholes.map(({ verdict: { numbers } }) => `${numbers.from} ${numbers.direction}`))
  const clusters = [...instants].sort().map((instant): Cluster => {
    const [since, direction] = instant.split(' ') as [Day, string]
    const near = wholes.filter(
      ({ verdict: { numbers } }) =>
        numbers.direction === direction && Math.abs(daysBetween(numbers.from!, since)) <= onsetDaysMax,
    )
    const members = onceEach(near)
    return { members, since, to: members[0]!.verdict.numbers.to }
  })
  const [best] = clusters.sort((a, b) => modelsOf(b.members) - modelsOf(a.members) || weighOnset(b) - weighOnset(a))
  return best && modelsOf(best.members) >= tablesMin && best.members.length >= metricsMin ? best : undefined
}

/** How much speaks for an instant: the deviance of those that begin on it. */
const weighOnset = ({ members, since }: Cluster): number =>
  members.reduce(
    (total, { verdict, movement }) => total + (verdict.numbers.from === since ? movement.strength ** 2 : 0),
    0,
  )

/** The rows of each table in the span of the surest member. */
async function measureTables({ members, since, to }: Cluster, { spaceOf }: FaultSearch): Promise<readonly Measured[]> {
  const measured: Measured[] = []
  for (const candidate of members) {
    const { model, metric } = candidate.verdict.hypothesis
    if (measured.some((one) => one.candidate.verdict.hypothesis.model === model)) continue
    const space = spaceOf(candidate)
    const window = {
      from: space.periods.indexOf(since),
      to: to === null ? space.periods.length : space.periods.indexOf(to),
    }
    const usable = space.excluded.slice(Math.max(0, window.from), Math.max(0, window.to)).filter((out) => out === 0)
    const parts = window.from > 0 && usable.length >= periodsMin ? await space.partsOf(metric, [], []) : undefined
    const ratio = parts && measureRows(parts.rows, window, window.from, space)
    if (parts && ratio) measured.push({ candidate, space, window, rows: parts.rows, ratio })
  }
  return measured
}

const measureRows = (rows: Float64Array, window: Window, since: number, { excluded, season }: SliceSpace) =>
  measureRatio({ parts: { kind: 'count', total: rows, weight: undefined, rows }, window, excluded, season }, since)

/**
 * Whether a table's rows are as usual in the days before, and as far off as all in the first ones: an onset that lies days earlier or later
 * puts one of them on the other side of the middle by more than two standard errors.
 */
function beginsAtOnce({ rows, window: { from, to }, space }: Measured, log: number): boolean {
  const measurePart = (start: number, end: number) => {
    const ratio = measureRows(rows, { from: start, to: end }, start, space)
    return ratio && { share: ratio.log / log, error: ratio.error / Math.abs(log) }
  }
  const before = measurePart(from - onsetDaysMax, from)
  const after = measurePart(from, Math.min(to, from + onsetDaysMax))
  if (!before || !after) return false
  return before.share - 2 * before.error <= 0.5 && after.share + 2 * after.error >= 0.5
}

/** Whether the first half of it is as large as the second. */
function isFlat(known: readonly Measured[], size: number): boolean {
  const halves = known.flatMap(({ rows, window, space }) => {
    const middle = Math.ceil((window.from + window.to) / 2)
    const first = measureRows(rows, { from: window.from, to: middle }, window.from, space)
    const second = measureRows(rows, { from: middle, to: window.to }, window.from, space)
    return first && second ? [[first, second] as const] : []
  })
  const [first, second] = [0, 1].map((half) => weighEvenness(halves.map((pair) => pair[half]!)))
  if (halves.length < known.length) return false
  const error = Math.hypot(first!.error, second!.error)
  return Math.abs(first!.log - second!.log) <= halvesMax * size + error
}

/** Whether the values of the tables' fields moved alike. */
async function isEvenInside(known: readonly Measured[], { catalog }: FaultSearch, size: number): Promise<boolean> {
  const groups: Evenness[] = []
  for (const { candidate, space, window } of known) {
    const { model, metric } = candidate.verdict.hypothesis
    const metrics = Object.values(catalog.models[model]?.metrics ?? {})
    for (const field of new Set(metrics.flatMap(({ slices }) => slices))) {
      const ratios: LogRatio[] = []
      for (const slice of await space.slicesBy([field])) {
        const ratio = await measureValue(slice, metric, window, space)
        if (ratio) ratios.push(ratio)
      }
      if (ratios.length > 1) groups.push(weighEvenness(ratios))
    }
  }
  const compared = groups.reduce((total, { df }) => total + df, 0)
  return compared >= valuesMin && areEven(groups, pMin, spreadOfValues * size)
}

async function measureValue(slice: Slice, metric: string, window: Window, space: SliceSpace) {
  const rows = await readRows(space, metric, slice)
  const ratio = rows && measureRows(rows, window, window.from, space)
  if (!rows || !ratio) return undefined
  const actual = rows.slice(window.from, window.to).reduce((total, x) => total + x, 0)
  return Math.max(0.5, actual) / Math.exp(ratio.log) >= rowsMin ? ratio : undefined
}

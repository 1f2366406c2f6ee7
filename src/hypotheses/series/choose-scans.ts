import { nameFields, type PlanHistory } from '../data/plan-history.ts'
import { type Ask, profileKey, type ScanDraft } from './draft-scans.ts'
import { openPurse, type PlanBudget, type Purse, type ScanCost } from './purse.ts'

export type BetaDraw = (name: string, a: number, b: number) => number

interface ChooseInput {
  /** In the order in which a plan that knows nothing takes them. */
  readonly drafts: readonly ScanDraft[]
  readonly budget: PlanBudget
  readonly history: PlanHistory
  /** Bytes that a scan reads, where they are limited. */
  readonly bytesOf?: ((draft: ScanDraft) => number) | undefined
  /** Draws from a Beta distribution; the same for the same name. */
  readonly draw: BetaDraw
}

interface ChosenScans {
  /** In the order in which they are to be run. */
  readonly chosen: readonly ScanDraft[]
  readonly leftOut: readonly { readonly draft: ScanDraft; readonly why: string }[]
}

/**
 * Which scans a cycle runs. Where the budget has room for all, all of them in the order of the drafts, and nothing of this matters. Where it has
 * not: the wholes; then, with half of the budget, those that waited longest, so that none waits for ever (decision 29 says how
 * long); with the rest the best by what came of their like, drawn from Beta-Bernoulli counts (Thompson 1933), so that what is promising is asked
 * often and what is little known now and then. Two fields are asked together only beside each of them alone: without, nobody could tell
 * which of the three a movement belongs to. The same drafts, history and draws give the same choice.
 */
export function chooseScans(input: ChooseInput): ChosenScans {
  const { drafts, budget, history, draw } = input
  const costs = estimateCosts(input)
  const purse = openPurse(budget, costs)
  if (purse.hasRoom(drafts)) return { chosen: drafts, leftOut: [] }
  const wholes = drafts.filter(({ dimensions }) => dimensions.length === 0)
  const cuts = drafts.filter(({ dimensions }) => dimensions.length > 0)
  for (const draft of wholes) purse.take([draft])
  const isFirst = history.asked.length === 0
  if (isFirst) for (const draft of cuts) purse.take([draft])
  else {
    for (const draft of sortByWaiting(cuts, history)) {
      if (purse.isHalfSpent()) break
      purse.take(withParents(draft, drafts))
    }
    for (const draft of sortByWorth(cuts, history, draw)) purse.take(withParents(draft, drafts))
  }
  const taken = new Set(purse.taken)
  return {
    chosen: purse.taken,
    leftOut: drafts
      .filter((draft) => !taken.has(draft))
      .map((draft) => ({ draft, why: sayWhy(draft, drafts, purse, budget) })),
  }
}

function sayWhy(draft: ScanDraft, drafts: readonly ScanDraft[], purse: Purse, { hypotheses }: PlanBudget): string {
  const together = withParents(draft, drafts).reduce((all, one) => all + one.hypotheses, 0)
  if (together > hypotheses) {
    const beside = draft.dimensions.length > 1 ? 'beside each of its fields' : 'by itself'
    return `asks ${together} ${beside}, more than the budget of ${hypotheses} hypotheses`
  }
  return purse.sayLack(withParents(draft, drafts))
}

const keyOf = (model: string, time: string, dimensions: readonly string[]): string =>
  `${profileKey(model, time)}\n${nameFields(dimensions)}`

const identify = ({ profile, dimensions }: ScanDraft): string => keyOf(profile.model, profile.time, dimensions)

const indexAsked = ({ asked }: PlanHistory) =>
  new Map(asked.map((scan) => [keyOf(scan.model, scan.time, scan.dimensions), scan]))

/** Milliseconds of each scan: as measured, or by its hypotheses at the mean of those that were. */
function estimateCosts({ drafts, history, bytesOf }: ChooseInput): ReadonlyMap<ScanDraft, ScanCost> {
  const asked = indexAsked(history)
  const measured = drafts.flatMap((draft) => {
    const ms = asked.get(identify(draft))?.ms
    return ms === undefined ? [] : [{ draft, ms }]
  })
  const known = measured.reduce((all, { draft }) => all + draft.hypotheses, 0)
  const rate = known === 0 ? 0 : measured.reduce((all, { ms }) => all + ms, 0) / known
  const msOf = new Map(measured.map(({ draft, ms }) => [draft, ms]))
  const costOf = (draft: ScanDraft): ScanCost => ({
    ms: msOf.get(draft) ?? rate * draft.hypotheses,
    bytes: bytesOf?.(draft) ?? 0,
  })
  return new Map(drafts.map((draft) => [draft, costOf(draft)]))
}

/** A scan by two fields with those by each of them that there are. */
const withParents = (draft: ScanDraft, drafts: readonly ScanDraft[]): readonly ScanDraft[] =>
  draft.dimensions.length < 2
    ? [draft]
    : [
        ...drafts.filter(
          ({ profile, dimensions }) =>
            profile === draft.profile && dimensions.length === 1 && draft.dimensions.includes(dimensions[0]!),
        ),
        draft,
      ]

function sortByWaiting(drafts: readonly ScanDraft[], history: PlanHistory): readonly ScanDraft[] {
  const asked = indexAsked(history)
  const waited = (draft: ScanDraft) => asked.get(identify(draft))?.cyclesAgo ?? Number.MAX_SAFE_INTEGER
  return [...drafts].sort((a, b) => waited(b) - waited(a))
}

/** How many cycles the prior counts for: what was seen in as many weighs as much. */
const priorCycles = 4
/** What of a scan is expected to be told before anything is known of it: less the more it is cut, and the smaller its parts. */
const expectTold = ({ dimensions, combinations }: ScanDraft): number =>
  0.3 * 0.5 ** dimensions.length * Math.max(1, combinations) ** -0.25

/** By the expected share of hypotheses of which something comes, drawn anew for each cell in each cycle. */
function sortByWorth(drafts: readonly ScanDraft[], history: PlanHistory, draw: BetaDraw): readonly ScanDraft[] {
  const trials = new Map(
    history.trials.map((trial) => [[trial.template, trial.model, trial.metric, trial.fields].join('\n'), trial]),
  )
  const drawWorth = (draft: ScanDraft, { template, metric }: Ask): number => {
    const fields = nameFields(draft.dimensions)
    const cell = [template.name, metric.model, metric.name, fields].join('\n')
    const { cycles = 0, told = 0 } = trials.get(cell) ?? {}
    const votes = history.votes.filter(
      (vote) =>
        vote.model === metric.model &&
        vote.metric === metric.name &&
        vote.fields === fields &&
        template.detectors.includes(vote.kind),
    )
    const sum = (sign: number) => votes.reduce((all, one) => all + Math.max(0, sign * one.votes), 0)
    const prior = expectTold(draft)
    return draw(cell, prior * priorCycles + told + sum(1), (1 - prior) * priorCycles + cycles - told + sum(-1))
  }
  const worth = new Map(
    drafts.map((draft) => {
      const all = draft.asks.reduce((total, ask) => total + ask.count * drawWorth(draft, ask), 0)
      return [draft, draft.hypotheses === 0 ? 0 : all / draft.hypotheses]
    }),
  )
  return [...drafts].sort((a, b) => worth.get(b)! - worth.get(a)!)
}

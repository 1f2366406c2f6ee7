import type { FindingState, Score } from '../finding.ts'

export interface ScoreInput {
  readonly qValue: number
  /** Movement of the slice as a share of what the whole metric was expected to be, 0 and up. */
  readonly share: number
  readonly strength: number
  readonly state: FindingState
  /** Days since the onset. */
  readonly ageDays: number
  /** Whether it has ended. */
  readonly isOver: boolean
  readonly conditions: number
  /** Whether the catalog says which direction is good. */
  readonly hasGood: boolean
  /** How much a finding of its kind says, 0..1. */
  readonly kindWeight: number
  /** How well it fits this team, by what its readers said, 0..1. */
  readonly fit: number
}

/** How much each factor pulls the total: exponents of a weighted geometric mean. */
const weights = { belief: 1, stake: 0.8, surprise: 1, novelty: 0.5, actionability: 0.3, fit: 0.2 } as const

/** A quarter of the whole metric is all the stake there is. */
const fullStakeShare = 0.25
const strengthScale = 5
const ageScaleDays = 90
/** What lasts can still be turned. */
const overWeight = 0.6

const clamp = (value: number): number => Math.min(1, Math.max(0, value))
const round = (value: number): number => Math.round(value * 1e4) / 1e4

/**
 * Factors of a finding's worth, each in 0..1, and their weighted geometric mean: a finding that fails in one respect is not saved by
 * another. `fit` is 0.5 while nobody said anything (`hearFeedback`).
 */
export function scoreFinding(input: ScoreInput): Score {
  const factors = {
    // one in fifty is much less than one in a million
    belief: round(clamp(1 - Math.sqrt(input.qValue))),
    stake: round(clamp(Math.sqrt(input.share / fullStakeShare))),
    surprise: round(1 - Math.exp(-Math.abs(input.strength) / strengthScale)),
    novelty: round(
      input.kindWeight *
        (input.state === 'new' ? 1 : 0.6) *
        (input.isOver ? overWeight : 1) *
        Math.exp(-Math.max(0, input.ageDays) / ageScaleDays),
    ),
    actionability: round((input.conditions === 0 ? 0.7 : 1) * (input.hasGood ? 1 : 0.8)),
    fit: round(input.fit),
  }
  const names = Object.keys(weights) as (keyof typeof weights)[]
  const sum = names.reduce((all, name) => all + weights[name], 0)
  const log = names.reduce((all, name) => all + (weights[name] / sum) * Math.log(Math.max(factors[name], 1e-6)), 0)
  return { total: round(Math.exp(log)), ...factors }
}

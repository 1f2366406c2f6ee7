import type { Slice } from '../../hypotheses/hypothesis.ts'
import type { TestedVerdict } from '../candidate.ts'
import { extentOf } from '../extent.ts'
import type { FindingGoal, TestedNumbers } from '../finding.ts'

/** What is asked of a verdict that says how a metric behaves, rather than how far it moved. All stated, not learnt. */
interface PatternRule {
  /** Floor on the effect: what is below is no news, however sure. */
  readonly isNotable: (numbers: TestedNumbers) => boolean
  /** How much of the whole metric it is about, 0..1. */
  readonly shareOf: (numbers: TestedNumbers) => number
  /** Whether up and down are good or bad as the metric says. A wider scatter is neither. */
  readonly hasSide: boolean
  /** What it is about, where that is not the metric by period: single accounts, those who began lately, those who wait, a goal, who goes on, what those who come back did, how values are spread. */
  readonly about?: 'accounts' | 'cohorts' | 'durations' | 'goals' | 'funnels' | 'behaviours' | 'distributions'
}

/** Share by which a place of the season has to differ, and by which a record has to leave what was expected. */
const changeMin = 0.2
/** Times as much scatter, or as little; of what an account does, too. */
const spreadMin = 1.5
/** And as a part of what it scatters around (of a share, the smaller of it and the rest): a temperature that is 2% off instead of 1% is no news. */
const scatterMin = 0.02
/** What scatters is a part of what there is; how large a part does not show in the deviations. */
const scatterShare = 0.1
/** Periods without anything, or with one and the same value. */
const runMin = 3

/** Share by which a value leaves its siblings, and of the rows that it has at least. */
const partingMin = 0.15
const sliceMin = 0.05
/** Of the whole, by which the share of the largest has to change. */
const shareMin = 0.05
/** By which a new first has to be ahead of the old one. */
const leadMin = 0.1
/** By which a mix has to change a rate or mean, and how much of the whole change has to be its. */
const mixMin = 0.1
const mixShareMin = 0.5

const sizeOf = ({ change }: TestedNumbers): number => Math.abs(change ?? 1)
const sizeOfRate = ({ expected, change }: TestedNumbers): number =>
  extentOf('ratio', { expected, units: 1, change: change ?? 1 })
/** A day of a week, or a single day of the last seven, is a seventh of what there is. */
const ofOneDay = (numbers: TestedNumbers): number => Math.min(1, sizeOf(numbers)) / 7

const detailedShare = ({ details }: TestedNumbers): number => Number(details.share_of_whole)
/** Rates that changed inside the slices are told where they changed. */
const isByMix = ({ details }: TestedNumbers): boolean =>
  Number(details.p_of_mix) < Number(details.p_of_rate) && Number(details.mix_share) >= mixShareMin

/** Verdicts stored before the level was kept do not say it. */
function isOtherScatter({ change, observed, expected, details }: TestedNumbers): boolean {
  const isSmall = Math.abs(observed - expected) < scatterMin * Math.abs(Number(details.level))
  return Math.abs(Math.log1p(change ?? 0)) >= Math.log(spreadMin) && !isSmall
}

/** By how much those who did something come back more or less often than others, of all and as a ratio (of staying away, too: 95% against 90% halves it). */
const associationMin = 0.05
const associationRatio = 1.2
/** How much of it has to be left at the near end of its range: within a class of activity the busier ones do more, and come back more. */
const associationLeft = 0.02

function isNotableAssociation({ observed, expected, low, high }: TestedNumbers): boolean {
  const ratios = [observed / expected, (1 - observed) / (1 - expected)].map((ratio) => Math.abs(Math.log(ratio)))
  const size = Math.abs(observed - expected)
  const isLarge = size >= associationMin && Math.max(...ratios) >= Math.log(associationRatio)
  return isLarge && size - (high - low) / 2 >= associationLeft
}

const rules: Readonly<Record<string, PatternRule>> = {
  season_change: {
    isNotable: (numbers) => sizeOf(numbers) >= changeMin,
    shareOf: ofOneDay,
    hasSide: false,
  },
  volatility: {
    isNotable: (numbers) => isOtherScatter(numbers),
    shareOf: () => scatterShare,
    hasSide: false,
  },
  drought: {
    isNotable: ({ periods, expected }) => periods >= runMin && expected !== 0,
    shareOf: () => 1,
    hasSide: true,
  },
  divergence: {
    isNotable: (numbers) => sizeOf(numbers) >= partingMin && Number(numbers.details.share_of_rows) >= sliceMin,
    shareOf: detailedShare,
    hasSide: true,
  },
  concentration: {
    isNotable: (numbers) => detailedShare(numbers) >= shareMin,
    shareOf: detailedShare,
    hasSide: false,
  },
  rank_change: {
    isNotable: ({ change, details }) => (change ?? 0) >= leadMin && Number(details.share_of_rows) > 0,
    shareOf: detailedShare,
    hasSide: false,
  },
  mix_or_rate: {
    isNotable: (numbers) => isByMix(numbers) && sizeOf(numbers) >= mixMin,
    shareOf: detailedShare,
    hasSide: true,
  },
  account_change: {
    isNotable: ({ change }) => Math.abs(Math.log1p(change ?? 0)) >= Math.log(spreadMin),
    shareOf: detailedShare,
    hasSide: true,
    about: 'accounts',
  },
  retention_shift: {
    isNotable: (numbers) => sizeOfRate(numbers) >= retentionMin,
    shareOf: detailedShare,
    hasSide: true,
    about: 'cohorts',
  },
  duration_shift: {
    isNotable: ({ change }) => Math.abs(Math.log1p(change ?? 0)) >= Math.log(1 + waitMin),
    shareOf: detailedShare,
    hasSide: true,
    about: 'durations',
  },
  funnel_shift: {
    isNotable: (numbers) => sizeOfRate(numbers) >= retentionMin,
    shareOf: detailedShare,
    hasSide: true,
    about: 'funnels',
  },
  association: {
    isNotable: isNotableAssociation,
    shareOf: detailedShare,
    hasSide: false,
    about: 'behaviours',
  },
  drift: {
    isNotable: (numbers) =>
      isOtherShape(numbers) && Math.abs(Math.log1p(numbers.change ?? 0)) >= Math.log(1 + widthMin),
    shareOf: detailedShare,
    hasSide: false,
    about: 'distributions',
  },
  pace: {
    isNotable: (numbers) => sizeOf(numbers) >= goalMin && isNewsOfGoal(numbers),
    shareOf: detailedShare,
    hasSide: true,
    about: 'goals',
  },
  record: {
    isNotable: (numbers) => sizeOf(numbers) >= changeMin,
    shareOf: ofOneDay,
    hasSide: true,
  },
}

/** Share of those who came back (or of those who did not, where they are fewer) by which it has to change, and share of the time that something takes. */
const retentionMin = 0.15
const waitMin = 0.2

/** Share of the rows that are elsewhere in the distribution, and by which its width has to change. */
const elsewhereMin = 0.08
const widthMin = 0.25

/** Whether values spread out, or drew together, both as they are and as parts of their week's level. */
const isOtherShape = ({ details, direction }: TestedNumbers): boolean =>
  details.shape === (direction === 'up' ? 'spread out' : 'drew together') && Number(details.effect) >= elsewhereMin

/** Share of a goal by which it has to be missed or passed. */
const goalMin = 0.05
/** Chance of reaching a goal four weeks before, up to which it is met all of a sudden. */
const suddenMax = 0.05

/** A goal that will be met is no news, unless it was to be missed not long ago. */
const isNewsOfGoal = ({ details }: TestedNumbers): boolean =>
  Number(details.chance_of_reaching) < 0.5 || Number(details.chance_four_weeks_before) <= suddenMax

/** The goal that a verdict is about, where it is about one. */
export function readGoal({ hypothesis, numbers }: TestedVerdict): FindingGoal | undefined {
  if (aboutOf(hypothesis.detector) !== 'goals') return undefined
  const { goal, period } = numbers.details
  return { value: Number(goal), period: String(period) as FindingGoal['period'] }
}

/** Whether a detector's verdicts are told as patterns: no movement of a level, but an onset nevertheless. */
export const isPatternKind = (kind: string): boolean => kind in rules

/** Whether it says that a value left its siblings. */
export const isParting = (kind: string, slice: Slice): boolean => kind === 'divergence' && slice.length > 0

/**
 * A value without any rows has moved, as far as anything can: it is explained, merged and known again as a movement. Of a whole, to have nothing is a
 * pattern.
 */
export const isPatternOf = (kind: string, slice: Slice): boolean =>
  isPatternKind(kind) && !(kind === 'drought' && slice.length > 0)

export const isPattern = ({ hypothesis }: TestedVerdict): boolean => isPatternOf(hypothesis.detector, hypothesis.slice)

/** What a kind is about that no metric as a whole tells at the same time; undefined for all that is said of series and slices. */
export const aboutOf = (kind: string): PatternRule['about'] => rules[kind]?.about

/**
 * What stands in what is watched every day (what goes with coming back, which metric moves first) is to know, and nothing to do: it comes after all that
 * happened, and is pushed when it is new only.
 */
export const isToldOnce = (kind: string): boolean => aboutOf(kind) === 'behaviours' || kind === 'lead_lag'

/** Whether a pattern is large enough to be told. */
export const isNotablePattern = ({ hypothesis, numbers }: TestedVerdict): boolean =>
  rules[hypothesis.detector]?.isNotable(numbers) ?? false

/** How much of the whole metric a pattern is about, 0..1. */
export function measurePatternShare({ hypothesis, numbers }: TestedVerdict): number {
  const share = rules[hypothesis.detector]?.shareOf(numbers) ?? 0
  return Number.isFinite(share) ? share : 0
}

/** Whether a finding of this kind is good or bad news where the metric has a good direction. */
export const hasSide = (kind: string): boolean => rules[kind]?.hasSide ?? true

import { addPeriods } from '../../base/periods.ts'
import type { Random } from '../../stats/random.ts'
import type { Cohorts } from '../shapes.ts'
import type { CalmWorlds } from './calm-worlds.ts'

/** Months of new members, of whom a part is there again each month later. */
export interface Intake {
  readonly cohorts: number
  readonly size: number
  /** Growth of the size from cohort to cohort, and how it scatters (standard deviation of the logarithm). */
  readonly growth: number
  readonly sizeSpread: number
  /** Share there after one period, and the part of it that is left each period later. */
  readonly start: number
  readonly decay: number
  /** How different cohorts are: standard deviation of the log-odds, and its correlation from one cohort to the next. */
  readonly spread: number
  readonly memory: number
  /** Whether who has left may come back: ages are then nearly independent. */
  readonly comesBack: boolean
}

/** Cohorts from `from` on retain `factor` times as many (from the age `sinceAge` on). */
export interface RetentionChange {
  readonly from: number
  readonly factor: number
  readonly sinceAge?: number
}

const shareOf = (odds: number) => odds / (1 + odds)

export function simulateCohorts(random: Random, intake: Intake, change?: RetentionChange): Cohorts {
  const { cohorts, start, decay } = intake
  const size = new Float64Array(cohorts)
  const retained: Float64Array[] = []
  let state = random.normal()
  for (let cohort = 0; cohort < cohorts; cohort++) {
    state = intake.memory * state + random.normal() * Math.sqrt(1 - intake.memory ** 2)
    const mean = intake.size * Math.exp(intake.growth * cohort + intake.sizeSpread * random.normal())
    size[cohort] = 1 + random.poisson(mean)
    const row = new Float64Array(cohorts).fill(Number.NaN)
    row[0] = size[cohort]!
    const chanceAt = (age: number) => {
      const plain = start * decay ** (age - 1)
      const own = shareOf((plain / (1 - plain)) * Math.exp(intake.spread * state))
      const isChanged = change && cohort >= change.from && age >= (change.sinceAge ?? 1)
      return Math.min(1, isChanged ? own * change.factor : own)
    }
    for (let age = 1; age < cohorts - cohort; age++) {
      const before = age === 1 ? 1 : chanceAt(age - 1)
      row[age] =
        intake.comesBack || age === 1
          ? random.binomial(size[cohort]!, chanceAt(age))
          : random.binomial(row[age - 1]!, Math.min(1, chanceAt(age) / before))
    }
    retained.push(row)
  }
  const at = Array.from({ length: cohorts }, (_, cohort) => addPeriods('2025-01-01', cohort, 'month'))
  return { at, grain: 'month', size, retained }
}

const plain: Intake = {
  cohorts: 14,
  size: 80,
  growth: 0,
  sizeSpread: 0.3,
  start: 0.6,
  decay: 0.9,
  spread: 0.2,
  memory: 0,
  comesBack: false,
}

export const intakes: Readonly<Record<string, Intake>> = {
  plain,
  'cohorts alike but for chance': { ...plain, spread: 0 },
  'cohorts of their own': { ...plain, spread: 0.6 },
  'large cohorts': { ...plain, size: 5000 },
  'small cohorts': { ...plain, size: 6 },
  'hardly anybody stays': { ...plain, size: 60, start: 0.06, decay: 0.8 },
  'people come back': { ...plain, comesBack: true },
  'growing fast, sizes tenfold apart': { ...plain, growth: 0.12, sizeSpread: 0.8 },
  'few cohorts': { ...plain, cohorts: 7 },
  'many cohorts': { ...plain, cohorts: 30, size: 40 },
  'neighbouring cohorts somewhat alike': { ...plain, cohorts: 18, spread: 0.3, memory: 0.2 },
}

/** Cohorts that retain alike, as far as cohorts are. */
export const calmCohorts: CalmWorlds<'cohorts'> = Object.fromEntries(
  Object.entries(intakes).map(([title, intake]) => [title, (random: Random) => simulateCohorts(random, intake)]),
)

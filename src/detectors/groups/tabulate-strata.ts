import type { TwoByTwo } from '../../stats/mantel-haenszel.ts'
import type { Strata } from '../shapes.ts'

/** The strata as two by two tables: all of them, those with exposed and unexposed members, and all in one. */
export interface StrataTables {
  readonly comparable: readonly TwoByTwo[]
  readonly crude: TwoByTwo
  /** Members in comparable strata. */
  readonly exposed: number
  readonly unexposed: number
  /** Members with and without the outcome in comparable strata. */
  readonly withOutcome: number
  readonly withoutOutcome: number
}

const empty: TwoByTwo = { exposedWith: 0, exposedWithout: 0, otherWith: 0, otherWithout: 0 }

const add = (one: TwoByTwo, other: TwoByTwo): TwoByTwo => ({
  exposedWith: one.exposedWith + other.exposedWith,
  exposedWithout: one.exposedWithout + other.exposedWithout,
  otherWith: one.otherWith + other.otherWith,
  otherWithout: one.otherWithout + other.otherWithout,
})

/** Tables of the strata. */
export function tabulateStrata({ strata }: Strata): StrataTables {
  const tables = strata.map(({ exposed, unexposed }) => ({
    exposedWith: exposed.converted,
    exposedWithout: exposed.entered - exposed.converted,
    otherWith: unexposed.converted,
    otherWithout: unexposed.entered - unexposed.converted,
  }))
  const comparable = tables.filter(
    (table) => table.exposedWith + table.exposedWithout > 0 && table.otherWith + table.otherWithout > 0,
  )
  const compared = comparable.reduce(add, empty)
  return {
    comparable,
    crude: tables.reduce(add, empty),
    exposed: compared.exposedWith + compared.exposedWithout,
    unexposed: compared.otherWith + compared.otherWithout,
    withOutcome: compared.exposedWith + compared.otherWith,
    withoutOutcome: compared.exposedWithout + compared.otherWithout,
  }
}

/** Fewest exposed and unexposed accounts in strata that have both, and fewest with and without the outcome among them. */
export const membersLeast = 10
const outcomesLeast = 5

/** Why exposure and outcome cannot be compared within strata, or nothing. */
export function findStrataObstacle(name: string, { names }: Strata, tables: StrataTables): string | undefined {
  const { exposed, unexposed, withOutcome, withoutOutcome } = tables
  const where = 'in strata that have both'
  if (Math.min(exposed, unexposed) < membersLeast) {
    const [count, group] = exposed < unexposed ? [exposed, names.exposed] : [unexposed, names.unexposed]
    return `${where} ${count} accounts are of \`${group}\`; ${name} needs ${membersLeast}`
  }
  if (withOutcome < outcomesLeast)
    return `${withOutcome} of ${exposed + unexposed} accounts \`${names.outcome}\`; ${name} needs ${outcomesLeast}`
  if (withoutOutcome < outcomesLeast)
    return `all but ${withoutOutcome} of ${exposed + unexposed} accounts \`${names.outcome}\`; ${name} needs ${outcomesLeast} that did not`
  return undefined
}

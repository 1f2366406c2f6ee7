import type { Strata } from '../../detectors/shapes.ts'
import type { SliceValue } from '../hypothesis.ts'
import type { ScanRows } from '../series/period-block.ts'
import { behaviourColumns } from './write-behaviour-test.ts'

/** One who began. */
export interface FirstDays {
  readonly did: boolean
  readonly cameBack: boolean
  /** Members of one stratum are alike in all that they are compared within. */
  readonly stratum: string
}

/** By how much numbers of one class differ at most. Exact up to five; coarser ones leave the busier ones of a class both to do more and to come back. */
const classRatio = 1.25

/** Texts as they are; numbers in classes. */
function classify(cell: SliceValue['value']): string {
  if (typeof cell !== 'number' || cell < 2) return String(cell)
  return `class ${Math.floor(Math.log(cell) / Math.log(classRatio))}`
}

export interface FirstDaysRows extends ScanRows {
  readonly did: string
  readonly cameBack: string
  /** Columns of what they are compared within. */
  readonly within: readonly string[]
}

function findPlaces({ columns }: Pick<ScanRows, 'columns'>, names: readonly string[]): readonly number[] {
  return names.map((name) => columns.findIndex((column) => column.name === name))
}

const nameStratum = (row: ScanRows['rows'][number], places: readonly number[]): string =>
  places.map((place) => classify(row[place] ?? null)).join('\n')

/** One row each. */
export function readFirstDays({ columns, rows, did, cameBack, within }: FirstDaysRows): readonly FirstDays[] {
  const [first, second, ...places] = findPlaces({ columns }, [did, cameBack, ...within]) as [number, number]
  return rows.map((row) => ({
    did: Number(row[first]) >= 1,
    cameBack: Number(row[second]) >= 1,
    stratum: nameStratum(row, places),
  }))
}

/** Those who began, and for each value of the field, in order, the places of those who did it. */
export interface Doings {
  readonly members: readonly Omit<FirstDays, 'did'>[]
  readonly values: readonly { readonly value: SliceValue['value']; readonly doers: ReadonlySet<number> }[]
}

/** From the rows of the scan: one for each member and value. */
export function readDoings({ columns, rows }: ScanRows, within: readonly string[]): Doings {
  const { member, value, cameBack } = behaviourColumns
  const [key, done, back, ...places] = findPlaces({ columns }, [member, value, cameBack, ...within]) as [
    number,
    number,
    number,
  ]
  const placeOf = new Map<unknown, number>()
  const members: Omit<FirstDays, 'did'>[] = []
  const values = new Map<string, Set<number>>()
  for (const row of rows) {
    let place = placeOf.get(row[key])
    if (place === undefined) {
      place = members.length
      placeOf.set(row[key], place)
      members.push({ cameBack: Number(row[back]) >= 1, stratum: nameStratum(row, places) })
    }
    if (row[done] === null) continue
    const name = JSON.stringify(row[done])
    values.set(name, (values.get(name) ?? new Set()).add(place))
  }
  return {
    members,
    values: [...values]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, doers]) => ({ value: JSON.parse(name) as SliceValue['value'], doers })),
  }
}

const names: Strata['names'] = {
  exposed: 'did it in the first days',
  unexposed: 'did not',
  outcome: 'came back',
}

/** Two by two tables, one a stratum, in an order that is not that of the rows. */
export function buildStrata(members: readonly FirstDays[]): Strata {
  const groups = new Map<string, Record<'exposed' | 'unexposed', { entered: number; converted: number }>>()
  for (const { did, cameBack, stratum } of members) {
    const group = groups.get(stratum) ?? {
      exposed: { entered: 0, converted: 0 },
      unexposed: { entered: 0, converted: 0 },
    }
    const own = did ? group.exposed : group.unexposed
    own.entered += 1
    own.converted += Number(cameBack)
    groups.set(stratum, group)
  }
  const strata = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, group]) => ({ label, ...group }))
  return { names, strata }
}

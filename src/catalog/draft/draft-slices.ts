import type { DraftRelation } from './draft.ts'
import { isFlag } from './draft-fields.ts'
import { isStatus } from './draft-rates.ts'
import type { SeenField } from './metric-input.ts'

/** More different values make slices too thin to say anything. */
const valuesMost = 60
const rowsOfValueMin = 8

/** Fields worth slicing by: few different values, each in many rows, nothing personal, no status. Fewest values first. */
export function draftSlices(fields: readonly SeenField[], rows: number): readonly string[] {
  return fields
    .filter(({ name, type, hidden, pii, seen }) => {
      const isWord = type === 'text' || type === 'boolean' || isFlag(seen)
      const isRepeated = seen.distinct >= 2 && seen.distinct <= valuesMost && seen.distinct * rowsOfValueMin <= rows
      return isWord && isRepeated && !hidden && !pii && !isStatus(name)
    })
    .toSorted((a, b) => a.seen.distinct - b.seen.distinct)
    .slice(0, 8)
    .map(({ name }) => name)
}

/** The same for fields of models that a to-one relation leads to, unless the model has a field of that name itself. */
export function draftPaths(
  own: readonly SeenField[],
  relations: readonly DraftRelation[],
  slicesOf: (model: string) => readonly string[],
): readonly string[] {
  const names = new Set(own.map(({ name }) => name))
  return relations
    .filter(({ kind }) => kind === 'one')
    .flatMap(({ name, to }) =>
      slicesOf(to)
        .filter((field) => !names.has(field))
        .slice(0, 3)
        .map((field) => `${name}.${field}`),
    )
    .slice(0, 5)
}

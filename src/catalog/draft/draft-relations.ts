import type { DraftRelation } from './draft.ts'
import { formatShare } from './draft-fields.ts'
import { keySubject, plainName, plural } from './name-words.ts'
import type { CheckedReference } from './table-profile.ts'

/** Of a column's values, at least this share must be keys of the other table. */
const shareMin = 0.9

/** References that the table declares, or that the rows confirm; of several for one column, the best. */
export function selectReferences(references: readonly CheckedReference[]): readonly CheckedReference[] {
  const isConfirmed = ({ reason, distinct, found }: CheckedReference) =>
    reason === 'declared' || (distinct > 0 && found / distinct >= (reason === 'name' ? shareMin : 0.98))
  const rank = ({ reason, distinct, found }: CheckedReference) =>
    reason === 'declared' ? 3 : (reason === 'name' ? 1 : 0) + found / distinct
  const best = new Map<string, CheckedReference>()
  for (const reference of references.filter(isConfirmed)) {
    const id = JSON.stringify([reference.table, reference.column])
    const known = best.get(id)
    if (!known || rank(reference) > rank(known)) best.set(id, reference)
  }
  return [...best.values()]
}

const reasons: Readonly<Record<CheckedReference['reason'], string>> = {
  declared: 'declared as a foreign key',
  name: 'by its name',
  values: 'by its values alone',
}

/** Relations of one table, both ways. Names do not clash with `fields` nor with each other. */
export function draftRelations(
  table: string,
  references: readonly CheckedReference[],
  modelOf: (table: string) => string,
  fields: readonly string[],
): readonly DraftRelation[] {
  const taken = new Set(fields)
  const name = (wanted: string, otherwise: string) => {
    let free = taken.has(wanted) ? otherwise : wanted
    for (let number = 2; taken.has(free); number++) free = `${otherwise}_${number}`
    taken.add(free)
    return free
  }
  const explain = ({ reason, distinct, found }: CheckedReference) =>
    `${reasons[reason]}; ${found === distinct ? 'all' : formatShare(found / distinct)} of ${distinct} values are keys there`
  const one = references
    .filter((reference) => reference.table === table)
    .map((reference): DraftRelation => {
      const { column, toTable, toColumn } = reference
      const model = modelOf(toTable)
      const subject = plainName(keySubject(column))
      const wanted = plainName(column) === plainName(toColumn) || reference.reason === 'values' ? model : subject
      return { name: name(wanted, `${subject}_${model}`), to: model, kind: 'one', column, note: explain(reference) }
    })
  const many = references
    .filter((reference) => reference.toTable === table)
    .map((reference): DraftRelation => {
      const model = modelOf(reference.table)
      const wanted = plural(model)
      const by = `${wanted}_by_${plainName(keySubject(reference.column))}`
      const isSelf = reference.table === reference.toTable
      return {
        name: name(isSelf ? 'children' : wanted, by),
        to: model,
        kind: 'many',
        column: reference.column,
        note: 'the same, the other way',
      }
    })
  return [...one, ...many]
}

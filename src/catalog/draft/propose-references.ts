import { hasWord, isKeyName, keySubject, plainName, tableSubject } from './name-words.ts'
import type { ColumnProfile, Reference, TableProfile } from './table-profile.ts'

/** Fewer different values than this say nothing by lying among another column's. */
const distinctMin = 12

/**
 * Columns that may hold another table's key: named like it (`account_id` for `accounts.id`, `stock_code` for `products.stock_code`),
 * or texts that could be the same names. Each is to be checked against the rows.
 */
export function proposeReferences(tables: readonly TableProfile[]): readonly Reference[] {
  return tables.flatMap((to) => {
    const [toColumn, ...more] = to.key
    const key = to.columns.find(({ name }) => name === toColumn)
    if (!toColumn || !key || more.length > 0) return []
    return tables.flatMap((from) =>
      from.columns.flatMap((column): readonly Reference[] => {
        const isOwnKey = from === to && column.name === toColumn
        if (isOwnKey || column.type !== key.type || column.distinct < 2) return []
        const reason = isNamedAfter(column.name, to.table, toColumn, from === to)
          ? 'name'
          : mayHoldValues(column, key, from, to)
            ? 'values'
            : undefined
        return reason ? [{ table: from.table, column: column.name, toTable: to.table, toColumn, reason }] : []
      }),
    )
  })
}

function isNamedAfter(column: string, table: string, key: string, isSameTable: boolean): boolean {
  const model = tableSubject(table)
  const subject = keySubject(column)
  if (isSameTable)
    return (isKeyName(column) && (subject === 'parent' || subject === `parent_${model}`)) || isAnother(column, model)
  if (plainName(column) === plainName(key) && keySubject(key) !== '') return true
  return isKeyName(column) && subject !== '' && (subject === model || subject.endsWith(`_${model}`))
}

const people = [
  'user',
  'member',
  'employee',
  'person',
  'people',
  'staff',
  'customer',
  'patient',
  'contact',
  'agent',
  'worker',
]
const others = ['manager', 'supervisor', 'boss', 'mentor', 'referrer', 'sponsor', 'inviter', 'superior', 'lead', 'head']

/** Whether a column of people names another of them: `manager_id`, `reports_to`, `recommendedby`. */
const isAnother = (column: string, model: string): boolean =>
  hasWord(model, people) &&
  (/[a-z](by|_to)(_?id)?$/i.test(column) || (isKeyName(column) && others.includes(keySubject(column))))

/** Names of people and things are often written out instead of their keys. Numbers are not looked at: 1 to 100 lie in any key. */
function mayHoldValues(column: ColumnProfile, key: ColumnProfile, from: TableProfile, to: TableProfile): boolean {
  return from !== to && column.type === 'text' && column.distinct >= distinctMin && column.distinct <= key.distinct
}

import { humanizeName } from '../build-model.ts'
import type { DraftField } from './draft.ts'
import { hasWord, isKeyName, plainName } from './name-words.ts'
import type { ColumnProfile, TableProfile } from './table-profile.ts'

const personalWords = [
  'email',
  'mail',
  'phone',
  'mobile',
  'firstname',
  'lastname',
  'surname',
  'address',
  'street',
  'birthday',
  'birth',
  'ssn',
  'iban',
  'ip',
  'passport',
]
/** Words that the exploration language keeps for itself. */
const reserved = new Set(['not', 'true', 'false', 'where'])

/** One field a column. `references` are the columns that hold other tables' keys. */
export function draftFields(table: TableProfile, references: ReadonlySet<string>): readonly DraftField[] {
  const names = new Set<string>()
  return table.columns.map((column) => {
    const plain = plainName(column.name)
    let name = reserved.has(plain) ? `${plain}_` : plain
    for (let number = 2; names.has(name); number++) name = `${plain}_${number}`
    names.add(name)
    const isKey = table.key.includes(column.name)
    const isReference = references.has(column.name)
    const pii = isPersonal(column)
    return {
      name,
      column: column.name,
      label: /[^ -~]/.test(column.name) ? column.name : undefined,
      type: column.type,
      values: isKey || isReference || pii ? [] : listValues(column, table),
      hidden: (isKey || isReference) && (column.type === 'number' || isKeyName(column.name)),
      pii,
      note: describeColumn(column, table, { isKey, isReference, pii }),
    }
  })
}

function isPersonal({ name, type, distinct }: ColumnProfile): boolean {
  if (type !== 'text') return false
  return hasWord(name, personalWords) || (/(first|last|full)_?name/i.test(name) && distinct > 20)
}

/** Values that repeat often enough to be a vocabulary. */
function listValues(column: ColumnProfile, table: TableProfile): DraftField['values'] {
  if (isFlag(column))
    return [
      { value: '0', label: 'No' },
      { value: '1', label: 'Yes' },
    ]
  if (column.type !== 'text' || column.values.length < 2 || column.distinct * 4 > table.looked) return []
  const isCode = column.values.every(({ value }) => /^[a-z0-9]+([_-][a-z0-9]+)*$/.test(value))
  return column.values
    .map(({ value }) => ({ value, label: isCode ? humanizeName(value.replace(/-/g, '_')) : value }))
    .filter(({ value }) => value.trim() !== '' && !/\p{Cc}/u.test(value))
}

/** A number that is 0 or 1: yes or no, but for its type. */
export const isFlag = ({ name, type, values }: ColumnProfile): boolean =>
  type === 'number' &&
  values.length === 2 &&
  values.every(({ value }) => value === '0' || value === '1') &&
  !hasWord(name, codeWords)

/** Columns whose numbers stand for something else, and say neither yes and no nor how much. */
export const codeWords: readonly string[] = [
  'type',
  'kind',
  'code',
  'class',
  'category',
  'status',
  'state',
  'mode',
  'role',
]

/** A password or key of somebody: no question is about it, and nobody is to see it. */
export const isSecret = ({ name, type }: ColumnProfile): boolean =>
  type === 'text' &&
  (hasWord(name, ['password', 'passwd', 'pwd', 'passcode', 'secret', 'token', 'apikey']) ||
    /(api|private|access|secret|encryption)_?key/i.test(name))

function describeColumn(
  column: ColumnProfile,
  table: TableProfile,
  { isKey, isReference, pii }: { readonly isKey: boolean; readonly isReference: boolean; readonly pii: boolean },
): string | undefined {
  const { type, empty, distinct, low, high } = column
  const parts: string[] = []
  if (isKey) parts.push(table.key.length > 1 ? 'part of the key' : 'the key')
  if (isReference) parts.push('another table’s key')
  if (pii) parts.push('personal by its name: kept out of mails and prompts')
  if (!isKey && !isReference && low !== undefined && distinct > 1) {
    if (type === 'number' && !isFlag(column)) parts.push(`${low} to ${high}`)
    if (type === 'date' || type === 'timestamp')
      parts.push(`${String(low).slice(0, 10)} to ${String(high).slice(0, 10)}`)
    if (type === 'text' && column.values.length === 0) parts.push(`${distinct} different values`)
  }
  if (distinct === 0) parts.push('always empty')
  else if (distinct === 1 && !isKey) parts.push('always the same')
  else if (empty > 0) parts.push(`empty in ${formatShare(empty / table.looked)}`)
  return parts.length > 0 ? parts.join(', ') : undefined
}

export const formatShare = (share: number): string => {
  const percent = share * 100
  return percent > 0 && percent < 1
    ? 'under 1%'
    : percent > 99 && percent < 100
      ? 'over 99%'
      : `${Math.round(percent)}%`
}

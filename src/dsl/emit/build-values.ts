import type { Values } from '../plan/plan.ts'
import { addCte, type Building, readFrom } from './building.ts'
import type { Select } from './select.ts'
import { writeLoneLiteral } from './write-term.ts'

/** One SELECT a row, one below the other: what every engine takes. The first gives the columns their names. */
export function buildValues(building: Building, { columns, rows, title, step }: Values): Select {
  const { writeName } = building.dialect
  const lines = rows.map((row, at) => {
    const values = row.map((value, place) => {
      const text = writeLoneLiteral(building, value).text
      return at === 0 ? `${text} AS ${writeName(columns[place]!.name)}` : text
    })
    return `SELECT ${values.join(', ')}${at < rows.length - 1 ? ' UNION ALL' : ''}`
  })
  return readFrom(addCte(building, title, [step], lines), columns, { steps: [step], title })
}

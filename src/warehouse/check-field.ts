import { createDiagnostic, type Diagnostic } from '../base/diagnostic.ts'
import type { Calendar } from '../base/periods.ts'
import type { Field, Model } from '../catalog/catalog.ts'
import { kindOf } from './column-kind.ts'
import type { TableInfo } from './warehouse.ts'

type Column = TableInfo['columns'][number]

interface Misfit extends Pick<Diagnostic, 'code'> {
  readonly because: string
  readonly hint: string
}

const isUtc = ({ timezone }: Calendar) => timezone === 'UTC' || timezone === 'Etc/UTC'

function findMisfit({ type }: Field, column: Column, calendar: Calendar): Misfit | undefined {
  const found = kindOf(column.type)
  // MariaDB and MySQL, which write `enum`, are told to sort it as text.
  if (/^(ENUM|Enum)/.test(column.type))
    return {
      code: 'enum-column',
      because: ', which sorts by the order of its declaration and not as text',
      hint: 'Cast it to text in a view.',
    }
  if (found === type) return undefined
  // `BOOLEAN` there is `tinyint(1)`, which may also hold numbers.
  if (/^(tinyint|bit)\(1\)/i.test(column.type) && type === 'number') return undefined
  if (found === 'date' && type === 'timestamp') {
    if (isUtc(calendar)) return undefined
    const because = `: its days begin at midnight in UTC, which may be another day in ${calendar.timezone}`
    return { code: 'date-as-timestamp', because, hint: 'Declare it `date`.' }
  }
  if (found === 'timestamp' && type === 'date')
    return {
      code: 'timestamp-as-date',
      because: ': its days are those of UTC, and two instants of a day do not make one group',
      hint: 'Declare it `timestamp`, or cast it in a view.',
    }
  return { code: 'column-type', because: '', hint: 'Declare the type that it has, or cast it in a view.' }
}

/** What is odd about reading `column` as `field` declares it, as a warning. */
export function checkField(model: Model, field: Field, column: Column, calendar: Calendar): readonly Diagnostic[] {
  const misfit = findMisfit(field, column, calendar)
  if (!misfit) return []
  const type = column.type.replace(/\(.*$/s, '').toLowerCase()
  return [
    createDiagnostic({
      code: misfit.code,
      path: ['models', model.name, 'fields', field.name, 'type'],
      severity: 'warning',
      message:
        `field \`${field.name}\` of model \`${model.name}\` is declared ${field.type}, ` +
        `but column \`${column.name}\` is ${type}${misfit.because}`,
      hint: misfit.hint,
    }),
  ]
}

import { formatNumber, formatPerGrain, formatPeriod } from '../base/format.ts'
import type { Grain } from '../base/periods.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { DataFault, RenamedValue } from './data-fault.ts'
import type { Finding } from './finding.ts'
import { labelSlice, labelValue } from './label-slice.ts'

type Telling = Pick<Finding, 'headline' | 'note' | 'renamed'>

/** How a fault of the data is told: its sentence, what to make of it, and what programs read. */
export const writeFault = (fault: DataFault, grain: Grain, catalog: Catalog): Telling =>
  writeRename(fault, grain, catalog)

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `Plan Pro seems to be called Professional since 3 Sep 2026: 31 rows a day against 33 expected` */
function writeRename(fault: RenamedValue, grain: Grain, catalog: Catalog): Telling {
  const { model, field, from, to, since, observed, expected } = fault
  const old = labelSlice(catalog, model, [{ field, value: from }])
  const [oldName, newName] = [from, to].map((value) => labelValue(catalog, model, { field, value }))
  const rows = `${formatNumber(observed, {})} rows ${formatPerGrain(grain)} against ${formatNumber(expected, {})} expected`
  return {
    headline: `${upperFirst(old)} seems to be called ${newName} since ${formatPeriod(since, grain)}: ${rows}`,
    note: `It looks like another name, not like business: ${oldName} ended when ${newName} began, with as many rows. Give its past the new name too, where the data are made or in the catalog; metrics that count ${oldName} by its name see nothing of it any more.`,
    renamed: { field, from, to },
  }
}

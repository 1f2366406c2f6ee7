import { countNoun, formatDay, formatNumber, formatPerGrain, formatPeriod } from '../../base/format.ts'
import { addPeriods, type Grain } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Finding } from '../finding.ts'
import { labelSlice, labelValue } from '../tell/label-slice.ts'
import type { DataFault, PipelineFault, RenamedValue } from './data-fault.ts'

type Telling = Pick<Finding, 'headline' | 'note' | 'renamed' | 'concerns'>

/** How a fault of the data is told: its sentence, what to make of it, and what programs read. */
export const writeFault = (fault: DataFault, grain: Grain, catalog: Catalog): Telling =>
  fault.kind === 'renamed_value' ? writeRename(fault, grain, catalog) : writePipelineFault(fault, catalog)

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

const joinWords = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** `Rows seem to be missing: 6 metrics of 4 tables fell by about 35% at once, since 21 Sep 2026` */
function writePipelineFault({ since, to, change, concerns }: PipelineFault, catalog: Catalog): Telling {
  const tables = [...new Set(concerns.map(({ model }) => model))]
  const labels = tables.map((model) => catalog.models[model]?.label ?? model)
  const isLoss = change < 0
  const size = formatNumber(Math.abs(change), { format: 'percent' })
  const when =
    to === null ? `since ${formatDay(since)}` : `from ${formatDay(since)} to ${formatDay(addPeriods(to, -1, 'day'))}`
  const moved = `${countNoun(concerns.length, 'metric')} of ${countNoun(tables.length, 'table')} ${isLoss ? 'fell' : 'rose'} by about ${size} at once`
  return {
    headline: `Rows seem to be ${isLoss ? 'missing' : 'loaded twice'}: ${moved}, ${when}`,
    note: `It looks like the data pipeline, not like business: ${joinWords(labels)} moved by the same part, in each value of their fields, from one day on. Compare their rows ${when} with those of the source, and take what is said of this time with care until they are mended.`,
    concerns: concerns.map((one) => ({
      ...one,
      label: catalog.models[one.model]?.metrics[one.metric]?.label ?? one.metric,
    })),
  }
}

import { invariant } from '../../base/invariant.ts'
import { quoteName, quotePath } from '../../dsl/text/quote.ts'
import type { TestedVerdict } from '../../findings/candidate.ts'
import type { RowsOf } from '../../findings/explain/standing.ts'
import { identifySlice } from '../../hypotheses/series/scan-table.ts'
import { runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import type { SpaceCosts } from '../plan/open-space.ts'

/** Models with more rows are not looked at as a whole. */
const rowsMax = 20_000

/** Of which rows of its model a verdict speaks: those of its slice, from its onset to its end. One query a model. */
export async function openRows(
  context: EngineContext,
  verdicts: readonly TestedVerdict[],
  costs: SpaceCosts,
): Promise<RowsOf> {
  const fields = new Map<string, Set<string>>()
  for (const verdict of verdicts) {
    const { model, slice } = verdict.hypothesis
    const known = fields.get(model) ?? new Set()
    for (const { field } of slice) known.add(field)
    fields.set(model, known.add(timeOf(context, verdict)))
  }
  const readers = new Map<string, RowsOf>()
  for (const [model, names] of fields) readers.set(model, await readModel(context, model, [...names].sort(), costs))
  const masks = new Map<string, Uint8Array | undefined>()
  return (verdict) => {
    const { hypothesis, numbers } = verdict
    const key = [hypothesis.model, identifySlice(hypothesis.slice), numbers.from, numbers.to].join('\n')
    if (!masks.has(key)) masks.set(key, readers.get(hypothesis.model)?.(verdict))
    return masks.get(key)
  }
}

function timeOf({ catalog }: EngineContext, { hypothesis: { model, metric } }: TestedVerdict): string {
  const time = catalog.models[model]?.metrics[metric]?.time
  invariant(time, `metric \`${metric}\` is in the catalog that it was planned from`)
  return time
}

async function readModel(
  context: EngineContext,
  model: string,
  fields: readonly string[],
  costs: SpaceCosts,
): Promise<RowsOf> {
  const names = fields.map((_, at) => `f${at}`)
  const columns = fields.map((field, at) => `add ${names[at]} = ${quotePath(field.split('.'))}`)
  const text = [`from ${quoteName(model)}`, ...columns, `show ${names.join(', ')}`, ''].join('\n')
  const { rows, ms } = await runExploration(context, text, { limits: { rowsMax } })
  costs.queries += 1
  costs.warehouseMs += ms
  return (verdict) => {
    const { hypothesis, numbers } = verdict
    const places = hypothesis.slice.map(({ field, value }) => [fields.indexOf(field), JSON.stringify(value)] as const)
    const time = fields.indexOf(timeOf(context, verdict))
    const [from, to] = [numbers.from ?? '', numbers.to ?? '9999-12-31']
    return Uint8Array.from(rows, (row) => {
      const day = String(row[time] ?? '').slice(0, 10)
      const isInTime = numbers.from === null || (day >= from && day < to)
      return isInTime && places.every(([at, wanted]) => JSON.stringify(row[at] ?? null) === wanted) ? 1 : 0
    })
  }
}

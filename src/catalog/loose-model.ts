import { z } from 'zod'
import { listKey } from './build-model.ts'
import type { FieldType, OverTime } from './catalog.ts'
import { type ModelText, modelSchema } from './schema.ts'

/**
 * A model as far as it can be understood: an entry with a mistake of its own is `undefined`, but its name is known. So a wrong
 * type in one field does not hide, nor cause, mistakes elsewhere.
 */
export interface LooseModel {
  readonly hasTable: boolean
  readonly hasSql: boolean
  readonly key: readonly string[] | undefined
  readonly fields: Readonly<
    Record<
      string,
      | {
          readonly type: FieldType
          readonly over_time?: OverTime | undefined
          readonly values?: ModelText['fields'][string]['values']
        }
      | undefined
    >
  >
  readonly relations: Readonly<Record<string, ModelText['relations'][string] | undefined>>
  readonly metrics: Readonly<Record<string, LooseMetric | undefined>>
  readonly semantics: ModelText['semantics']
  readonly funnels: Readonly<Record<string, ModelText['funnels'][string] | undefined>>
}

const word = z.string().optional().catch(undefined)
const metricSchema = z.object({
  time: z.string().optional().catch(undefined),
  slices: z.array(z.string()).catch([]),
  over_time: z.string().optional().catch(undefined),
  goals: z.array(z.object({ period: word, from: word })).catch([]),
})
export type LooseMetric = z.output<typeof metricSchema>

const { fields, relations, semantics, key, funnels } = modelSchema.shape
const fieldSchema = fields.valueType
const relationSchema = relations.unwrap().valueType
const funnelSchema = funnels.unwrap().valueType

export function readLooseModel(value: unknown): LooseModel {
  const model = readMap(value)
  const keyText = key.safeParse(model.key).data
  return {
    hasTable: model.table !== undefined,
    hasSql: model.sql !== undefined,
    key: keyText === undefined ? undefined : listKey(keyText),
    fields: readEntries(model.fields, fieldSchema),
    relations: readEntries(model.relations, relationSchema),
    metrics: readEntries(model.metrics, metricSchema),
    funnels: readEntries(model.funnels, funnelSchema),
    semantics: semantics.safeParse(model.semantics).data,
  }
}

function readEntries<S extends z.ZodType>(value: unknown, schema: S): Record<string, z.output<S> | undefined> {
  return Object.fromEntries(Object.entries(readMap(value)).map(([name, entry]) => [name, schema.safeParse(entry).data]))
}

const readMap = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

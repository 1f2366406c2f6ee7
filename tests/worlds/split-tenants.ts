import type { Field, Model } from '../../src/catalog/catalog.ts'
import type { FixtureColumn, FixtureTable } from '../conformance/fixture.ts'
import { createDice, happens } from './dice.ts'
import type { World } from './generate-world.ts'

const tenantColumn: FixtureColumn = { name: 'tenant', type: 'text', sqlType: 'TEXT' }

const tenantField: Field = {
  name: 'tenant',
  column: 'tenant',
  type: 'text',
  label: 'tenant',
  description: undefined,
  synonyms: [],
  unit: undefined,
  values: [],
  hidden: true,
  pii: false,
}

/** Each row belongs to one of two tenants, whatever it refers to: references lead from one to the other. */
const divide = (table: FixtureTable, seed: number): FixtureTable => {
  const dice = createDice(seed)
  return {
    ...table,
    columns: [...table.columns, tenantColumn],
    rows: table.rows.map((row) => ({ ...row, tenant: happens(dice, 2) ? 'theirs' : 'ours' })),
  }
}

const mapModels = (world: World, change: (model: Model) => Model): World['catalog'] => ({
  ...world.catalog,
  models: Object.fromEntries(Object.values(world.catalog.models).map((model) => [model.name, change(model)])),
})

/**
 * One company twice: `shared` holds the rows of two tenants, kept apart by a policy on every model; `alone` holds the rows of one, in tables
 * of its own, without a policy. A bridge is nobody's: both companies read it whole, and its pairs lead from one tenant to the other.
 */
export function splitTenants(world: World): { readonly shared: World; readonly alone: World } {
  const bridges = new Set(
    Object.values(world.catalog.models).flatMap(({ relations }) =>
      Object.values(relations).map(({ through }) => through),
    ),
  )
  const isBridge = ({ name }: FixtureTable) => bridges.has(name)
  const divided = world.tables.filter((table) => !isBridge(table))
  const tables = divided.map((table, at) => divide(table, world.seed * 10 + at))
  const withField = (model: Model): Model => ({ ...model, fields: { ...model.fields, tenant: tenantField } })
  const nameAlone = (name: string) => `alone_${name}`
  return {
    shared: {
      ...world,
      tables: [...tables, ...world.tables.filter(isBridge)],
      catalog: mapModels(world, (model) => ({
        ...withField(model),
        policies: [{ where: 'tenant = viewer.tenant' }],
      })),
    },
    alone: {
      ...world,
      tables: tables.map((table) => ({
        ...table,
        name: nameAlone(table.name),
        rows: table.rows.filter(({ tenant }) => tenant === 'ours'),
      })),
      catalog: mapModels(world, (model) => ({
        ...withField(model),
        source: 'table' in model.source ? { table: nameAlone(model.source.table) } : model.source,
      })),
    },
  }
}

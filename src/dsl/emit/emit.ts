import type { DialectName } from '../dialects/dialect.ts'
import { findDialect } from '../dialects/index.ts'
import type { Node, Plan, SortKey } from '../plan/plan.ts'
import { build } from './build.ts'
import { buildBlock } from './build-blocks.ts'
import { type Building, close, placeParameters, startBuilding } from './building.ts'
import { completeOrder, listInputs } from './columns.ts'
import { prunePlan } from './prune-plan.ts'
import { findTerm, type Output, resolveOrder, type Select } from './select.ts'
import { writeSelect } from './write-select.ts'
import { countReadings, type Stage, writeStages } from './write-stages.ts'

export interface Emitted {
  readonly sql: string
  /** Values of the placeholders, as the engine takes them. */
  readonly parameters: readonly (string | number | boolean | null)[]
}

/** SQL, and how many stages an engine goes through that follows each reading of one; nought where it does not. */
export interface Written extends Emitted {
  readonly readings: number
}

/**
 * SQL for `plan` on one engine, to be read by people: a CTE a stage in step order, under a comment with the steps it carries out; steps
 * share a SELECT where that is legal. Literals are parameters, names come from the catalog and are quoted where they must be. Rows
 * are the same on every engine, in an order that leaves nothing open. The session must be in UTC.
 */
export function emit(plan: Plan, dialectName: DialectName): Written {
  const dialect = findDialect(dialectName)
  const building = startBuilding(dialect, plan.calendar, [plan.root, ...nodesOf(plan)].flatMap(listSources))
  const order = completeOrder(plan.order, {
    op: 'project',
    step: 0,
    input: plan.root,
    columns: plan.columns.map((c) => ({ ...c, from: c.name })),
  })
  const needed = new Set([...plan.columns, ...order].map(({ name }) => name))
  const { root, blocks } = prunePlan(plan, needed, {
    has: (fn) => dialect.aggregates[fn] !== undefined,
    choosesByJoin: dialect.choosesByJoin,
    asksExistence: dialect.asksExistence,
  })
  for (const { name, node } of blocks) buildBlock(building, name, node, build)
  const built = build(building, root)
  const { select, keys } = finish(building, built, plan, order)
  const lines = writeSelect(select, building, keys, dialect.writeResult)
  const { ctes } = building
  const stages = ctes.map(({ steps, ...cte }, at): Stage => {
    return { ...cte, comments: describeSteps(plan, steps, ctes[at - 1]?.steps) }
  })
  const text = [
    ...writeStages(stages, lines, dialect),
    ...describeSteps(plan, select.steps, ctes.at(-1)?.steps),
    ...lines,
    ...dialect.closing,
  ]
  const readings = dialect.readingsMax === undefined ? 0 : countReadings(stages, lines, dialect)
  return { ...placeParameters(building, text.join('\n')), readings }
}

/** Texts in which a CTE's name could hide a table: table names and SQL of models. */
const listSources = (node: Node): readonly string[] =>
  node.op === 'scan'
    ? ['table' in node.source ? node.source.table : node.source.sql]
    : listInputs(node).flatMap(listSources)

const nodesOf = ({ blocks = [] }: Plan): readonly Node[] => blocks.map(({ node }) => node)

/** The last SELECT with the visible columns only, and what it is ordered by. */
function finish(building: Building, built: Select, plan: Plan, order: readonly SortKey[]) {
  const keysIn = (select: Select) => resolveOrder(select, order)
  const outputsIn = (select: Select) =>
    plan.columns.map(({ name, type }): Output => ({ name, type, term: findTerm(select, name) }))
  const wanted = keysIn(built).slice(0, plan.order.length)
  const refines = wanted.every(
    ({ term, descending }, at) => built.order[at]?.term === term && built.order[at]?.descending === descending,
  )
  if (built.isCut && refines) return { select: { ...built, outputs: outputsIn(built) }, keys: built.order }
  const select = built.limit === undefined ? built : close(building, built)
  return { select: { ...select, outputs: outputsIn(select) }, keys: keysIn(select) }
}

/** One line already, as most canonical texts are. */
const oneLine = /^[!-~]+(?: [!-~]+)*$/

const putOnLine = (text: string): string =>
  oneLine.test(text) ? text : text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()

/** Steps as comments, each on one line whatever was written; those that the stage above has named already go without. */
function describeSteps(plan: Plan, steps: readonly number[], above: readonly number[] = []): readonly string[] {
  return steps
    .filter((step) => !above.includes(step))
    .flatMap((step) => plan.steps[step] ?? [])
    .map((text) => `-- ${putOnLine(text)}`)
}

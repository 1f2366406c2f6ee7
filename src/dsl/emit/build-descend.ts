import { atom } from '../dialects/fragments.ts'
import type { Descend, Node } from '../plan/plan.ts'
import { type Building, close, readFrom } from './building.ts'
import { type Select, withStep } from './select.ts'
import type { Relation } from './term.ts'

type Build = (building: Building, node: Node) => Select

/**
 * A recursive CTE with the number of edges that each row is away: only that ends what goes in circles on every engine, since not all of
 * them take distinct rows there.
 */
export function buildDescend(building: Building, node: Descend, build: Build): Select {
  const { writeName, scalars } = building.dialect
  const start = close(building, build(building, node.start))
  const edges = close(building, build(building, node.edges))
  const name = building.takeName(`below_${start.title}`)
  const depth = building.takeName('depth')
  const [source, edge] = [writeName(name), writeName(building.takeName('edge'))]
  const ends = node.columns.map((column) => `${edge}.${writeName(column.to)} AS ${writeName(column.name)}`)
  /** Edges from the rows of `alias`, which call what they are known by as `nameOf` says. */
  const follow = (alias: string, nameOf: (column: Descend['columns'][number]) => string) => {
    const pairs = node.columns.map((column) => {
      const begin = atom(`${edge}.${writeName(column.from)}`, column.type)
      return scalars.equals([begin, atom(`${alias}.${writeName(nameOf(column))}`, column.type)]).text
    })
    return `JOIN ${edges.from.source} AS ${edge} ON ${pairs.join(' AND ')}`
  }
  const lines = [
    `SELECT ${ends.join(', ')}, 1 AS ${depth}`,
    `FROM ${start.from.source} AS begin`,
    follow('begin', (column) => column.start),
    'UNION ALL',
    `SELECT ${ends.join(', ')}, ${source}.${depth} + 1`,
    `FROM ${source}`,
    follow(source, (column) => column.name),
    `WHERE ${source}.${depth} < ${node.depthMax}`,
  ]
  building.ctes.push({ name, lines, steps: [node.step], isCut: false, isRecursive: true })
  const relation: Relation = { source, alias: name }
  const all = readFrom(relation, node.columns, { steps: [], title: name })
  return withStep({ ...all, keys: all.outputs.map(({ term }) => term) }, node.step)
}

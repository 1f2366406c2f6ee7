import { invariant } from '../../base/invariant.ts'
import type { BlockRead, Node, Union } from '../plan/plan.ts'
import { addCte, type Building, close, readFrom } from './building.ts'
import { findOutput, type Output, type Select, withStep } from './select.ts'
import { findOrigin } from './term.ts'
import { writeSelect } from './write-select.ts'

type Build = (building: Building, node: Node) => Select

/** Rows whose order matters to nobody but a limit of their own. */
const unordered = (select: Select): Select => (select.limit === undefined ? { ...select, order: [] } : select)

/** Makes a named block a CTE of that name. */
export function buildBlock(building: Building, name: string, node: Node, build: Build): void {
  const { from } = close(building, unordered(build(building, node)), name)
  building.blocks.set(name, from)
}

/** A SELECT from the CTE of a block; each read is a relation of its own, since one SELECT may read a block twice. */
export function buildBlockRead(building: Building, { name, columns, step }: BlockRead): Select {
  const relation = building.blocks.get(name)
  invariant(relation, `the block \`${name}\` stands above what reads it`)
  return withStep(readFrom({ ...relation }, columns, { steps: [], title: relation.alias }), step)
}

/** One SELECT below the other. */
export function buildUnion(building: Building, { inputs, columns, step }: Union, build: Build): Select {
  const parts = inputs.map((input) => {
    const built = unordered(build(building, input))
    const select = built.limit === undefined ? built : close(building, built)
    return { ...select, order: [], outputs: columns.map(({ name }) => findOutput(select, name)) }
  })
  const origins = columns.map((_, at) => {
    const found = parts.map(({ outputs }) => findOrigin(outputs[at]!.term))
    return found.every((origin) => origin === found[0]) ? found[0] : undefined
  })
  const isNothing = (term: Output['term']) => term.op === 'literal' && term.value === null
  const asPart = (output: Output, at: number): Output =>
    (output.type === 'number' && origins[at] === undefined) || isNothing(output.term)
      ? { ...output, term: { op: 'part', arg: output.term, type: output.type } }
      : output
  const title = `${parts[0]!.title}_appended`
  const lines = parts.flatMap((select, at) => [
    ...(at > 0 ? ['UNION ALL'] : []),
    ...writeSelect({ ...select, outputs: select.outputs.map(asPart) }, building),
  ])
  const steps = [...new Set([...parts.flatMap((select) => select.steps), step])].sort((a, b) => a - b)
  const known = columns.flatMap(({ name }, at) => (origins[at] === undefined ? [] : [[name, origins[at]] as const]))
  return readFrom({ ...addCte(building, title, steps, lines), origins: new Map(known) }, columns, { steps: [], title })
}

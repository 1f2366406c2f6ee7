import type { Fragment } from '../dialects/dialect.ts'
import { atom } from '../dialects/fragments.ts'
import type { Column, Fill, Node } from '../plan/plan.ts'
import { addCte, type Building, close, readFrom } from './building.ts'
import { listColumns } from './columns.ts'
import { findTerm, type Output, resolveOrder, type Select, withStep } from './select.ts'
import type { OrderTerm } from './term.ts'
import { writeLoneLiteral } from './write-term.ts'

type Build = (building: Building, node: Node) => Select

/** Every period × every combination of `per`, less those that are there, added to the rows. */
export function buildFill(building: Building, node: Fill, build: Build): Select {
  const { writeName, except } = building.dialect
  const columns = listColumns(node.input)
  const below = build(building, node.input)
  const input = close(building, below.limit === undefined ? { ...below, order: [] } : below)
  const steps = [node.step]
  const time = writeName(node.time)
  const per = node.per.map(writeName)
  const source = input.from.source
  const periods = addCte(building, `every_${node.time}`, steps, writePeriods(building, node, source))
  const names = [time, ...per].join(', ')
  const combinations =
    per.length === 0 ? [] : [`CROSS JOIN (SELECT DISTINCT ${per.join(', ')} FROM ${source}) AS combination`]
  const missing = addCte(building, `missing_${node.time}`, steps, [
    `SELECT ${names}`,
    `FROM ${periods.source}`,
    ...combinations,
    except,
    `SELECT ${names}`,
    `FROM ${source}`,
  ])
  const carried = node.columns.filter((column) => column.with === 'previous')
  const mark: Column | undefined =
    carried.length > 0 ? { name: building.takeName('is_there'), type: 'boolean' } : undefined
  const added = columns.map(({ name }) => writeAdded(building, node, name))
  const filled = addCte(building, `${input.title}_filled`, steps, [
    `SELECT ${[...columns.map(({ name }) => writeKept(building, node, name)), ...(mark ? [`TRUE AS ${mark.name}`] : [])].join(', ')}`,
    `FROM ${source}`,
    'UNION ALL',
    `SELECT ${[...added, ...(mark ? ['NULL'] : [])].join(', ')}`,
    `FROM ${missing.source}`,
  ])
  const title = `${input.title}_filled`
  const select = readFrom(filled, mark ? [...columns, mark] : columns, { steps: [], title })
  return withStep(mark ? carryOn(building, node, select, mark.name) : select, node.step)
}

function writePeriods(building: Building, node: Fill, source: string): readonly string[] {
  const { writeName, writeSeries, aggregates } = building.dialect
  const name = writeName(node.time)
  const type = node.grain === 'minute' || node.grain === 'hour' ? 'timestamp' : 'date'
  const bound = (value: string | undefined, fn: 'min' | 'max'): Fragment =>
    value === undefined
      ? aggregates[fn]({ args: [atom(name, type)], suffix: '' })
      : writeLoneLiteral(building, { op: 'literal', type: 'timestamp', value })
  return writeSeries({
    first: bound(node.from, 'min'),
    last: bound(node.to, 'max'),
    grain: node.grain,
    type,
    name,
    source: node.from !== undefined && node.to !== undefined ? undefined : source,
  })
}

/** A column of the rows that are there; beside a fraction in the rows that are added, its numbers may have to be fractions. */
function writeKept({ dialect }: Building, node: Fill, name: string): string {
  const own = atom(dialect.writeName(name), 'number')
  const added = node.columns.find((column) => column.name === name)?.with
  if (added === undefined || added === 'previous' || typeof added.value !== 'number' || Number.isInteger(added.value))
    return own.text
  const { text } = dialect.writePart(own, 'number')
  return text === own.text ? text : `${text} AS ${own.text}`
}

function writeAdded(building: Building, node: Fill, name: string): string {
  if (name === node.time || node.per.includes(name)) return building.dialect.writeName(name)
  const column = node.columns.find((candidate) => candidate.name === name)
  return column && column.with !== 'previous' ? writeLoneLiteral(building, column.with).text : 'NULL'
}

const timeOf = (select: Select, name: string): OrderTerm => resolveOrder(select, [{ name, descending: false }])[0]!

/** Numbers the runs that start with a row that was there, and gives each run the values of its first row. */
function carryOn(building: Building, node: Fill, select: Select, mark: string): Select {
  const time = timeOf(select, node.time)
  const per = node.per.map((name) => findTerm(select, name))
  const runName = building.takeName('run')
  const run: Output = { name: runName, type: 'number', term: { op: 'run', mark: findTerm(select, mark), time, per } }
  const numbered = close(
    building,
    withStep({ ...select, outputs: [...select.outputs.filter(({ name }) => name !== mark), run] }, node.step),
    `${select.title}_runs`,
  )
  const runPer = [...node.per, runName].map((name) => findTerm(numbered, name))
  const outputs = numbered.outputs
    .filter(({ name }) => name !== runName)
    .map((output): Output => {
      const isCarried = node.columns.some((column) => column.name === output.name && column.with === 'previous')
      if (!isCarried) return output
      return { ...output, term: { op: 'first', of: output.term, time: timeOf(numbered, node.time), per: runPer } }
    })
  return { ...numbered, outputs }
}

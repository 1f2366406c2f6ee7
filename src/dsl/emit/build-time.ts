import type { Column, Fill, Node, Shift } from '../plan.ts'
import { addCte, type Building, close, readFrom } from './building.ts'
import { isNeverEmpty, listColumns } from './columns.ts'
import { findTerm, type Output, type Select, withStep } from './select.ts'
import { hasWindow } from './term.ts'
import { writeLiteralText } from './write-term.ts'

type Build = (building: Building, node: Node) => Select

/** Looks back by the calendar, never by a number of rows: a missing period gives an empty value. */
export function buildShift(building: Building, node: Shift, build: Build): Select {
  const below = build(building, node.input)
  const isFree = !below.keys && below.limit === undefined && !below.outputs.some(({ term }) => hasWindow(term))
  const open = isFree ? below : close(building, below)
  const time = findTerm(open, node.time)
  const per = node.per.map((name) => findTerm(open, name))
  const isOpen = !isNeverEmpty(node.input, node.time)
  const outputs = node.columns.map(
    ({ name, type, of, by, unit }): Output => ({
      name,
      type,
      term: { op: 'shift', of: findTerm(open, of), time, per, by, unit, isOpen },
    }),
  )
  return withStep({ ...open, outputs: [...open.outputs, ...outputs] }, node.step)
}

/**
 * Every period × every combination of `per`, less those that are there (EXCEPT takes empty values for equal), added to the rows.
 */
export function buildFill(building: Building, node: Fill, build: Build): Select {
  const { writeName } = building.dialect
  const columns = listColumns(node.input)
  const below = build(building, node.input)
  const input = close(building, below.limit === undefined ? { ...below, order: [] } : below)
  const steps = [node.step]
  const time = writeName(node.time)
  const per = node.per.map(writeName)
  const source = input.from.source
  const periods = addCte(building, `every_${node.time}`, steps, [...writePeriods(building, node, source)])
  const names = [time, ...per].join(', ')
  const combinations =
    per.length === 0 ? [] : [`CROSS JOIN (SELECT DISTINCT ${per.join(', ')} FROM ${source}) AS combination`]
  const missing = addCte(building, `missing_${node.time}`, steps, [
    `SELECT ${names}`,
    `FROM ${periods.source}`,
    ...combinations,
    'EXCEPT',
    `SELECT ${names}`,
    `FROM ${source}`,
  ])
  const carried = node.columns.filter((column) => column.with === 'previous')
  const mark: Column | undefined =
    carried.length > 0 ? { name: building.takeName('is_there'), type: 'boolean' } : undefined
  const added = columns.map(({ name }) => writeAdded(building, node, name))
  const filled = addCte(building, `${input.title}_filled`, steps, [
    `SELECT ${[...columns.map(({ name }) => writeName(name)), ...(mark ? [`TRUE AS ${mark.name}`] : [])].join(', ')}`,
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
  const time = building.dialect.writeName(node.time)
  const type = node.grain === 'minute' || node.grain === 'hour' ? 'timestamp' : 'date'
  const bound = (value: string | undefined, otherwise: string) =>
    value === undefined ? otherwise : writeLiteralText(building, { op: 'literal', type: 'timestamp', value })
  const series = building.dialect.writeSeries(
    bound(node.from, `min(${time})::timestamp`),
    bound(node.to, `max(${time})::timestamp`),
    node.grain,
  )
  const isGiven = node.from !== undefined && node.to !== undefined
  return [`SELECT ${series}::${type} AS ${time}`, ...(isGiven ? [] : [`FROM ${source}`])]
}

function writeAdded(building: Building, node: Fill, name: string): string {
  if (name === node.time || node.per.includes(name)) return building.dialect.writeName(name)
  const column = node.columns.find((candidate) => candidate.name === name)
  return column && column.with !== 'previous' ? writeLiteralText(building, column.with) : 'NULL'
}

/** Numbers the runs that start with a row that was there, and gives each run the values of its first row. */
function carryOn(building: Building, node: Fill, select: Select, mark: string): Select {
  const time = findTerm(select, node.time)
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
      return { ...output, term: { op: 'first', of: output.term, time: findTerm(numbered, node.time), per: runPer } }
    })
  return { ...numbered, outputs }
}

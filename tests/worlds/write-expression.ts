import type { FieldType } from '../../src/catalog/catalog.ts'
import type { AggregateFunction, Parameter, ScalarFunction } from '../../src/dsl/functions/function.ts'
import { functionFamilies } from '../../src/dsl/functions/index.ts'
import { quotePath } from '../../src/dsl/text/quote.ts'
import { type Dice, happens, pick } from './dice.ts'
import { drawMany, listPaths, literals, type Names, writeInnerCondition, writeUnder } from './write-path.ts'

const functions = functionFamilies.flatMap((family) => family.functions)
const scalars = functions.filter((one): one is ScalarFunction => one.kind === 'scalar')
const aggregates = functions.filter((one): one is AggregateFunction => one.kind === 'aggregate')

const types = Object.keys(literals) as readonly FieldType[]

function writeArgument(
  dice: Dice,
  names: Names,
  parameter: Pick<Parameter, 'types' | 'whole' | 'isWritten'>,
  depth: number,
): string {
  if (parameter.whole) return String(parameter.whole.least + dice(3))
  if (parameter.isWritten) return pick(dice, ['"a"', '"-"', '"%"'])
  if ('isPercent' in parameter) return pick(dice, ['0', '10', '50', '75', '90', '100'])
  return writeExpression(
    dice,
    names,
    parameter.types.length > 0 ? pick(dice, parameter.types) : pick(dice, types),
    depth,
  )
}

function writeScalar(dice: Dice, names: Names, depth: number): string {
  const { name, parameters } = pick(dice, scalars)
  const given = parameters.filter(({ optional }) => !optional || happens(dice, 2))
  return `${name}(${given.map((parameter) => writeArgument(dice, names, parameter, depth - 1)).join(', ')})`
}

/** A value of some type; whether it holds is for the checker to say. */
export function writeExpression(dice: Dice, names: Names, type: FieldType, depth: number): string {
  const paths = listPaths(names, type)
  if (depth <= 0 || happens(dice, 3))
    return paths.length > 0 && !happens(dice, 5) ? pick(dice, paths) : pick(dice, literals[type])
  const inner = (wanted: FieldType) => writeExpression(dice, names, wanted, depth - 1)
  if (happens(dice, 4)) return writeScalar(dice, names, depth)
  if (happens(dice, 6)) return `if(${writeCondition(dice, names, depth - 1)}, ${inner(type)}, ${inner(type)})`
  if (happens(dice, 8)) return `(${inner(type)} ?? ${inner(type)})`
  if (type === 'number') {
    const many = happens(dice, 3) ? writeRelated(dice, names, depth) : undefined
    // A remainder of floating point jumps where its parts hardly differ: it is asked of whole numbers.
    if (!many && happens(dice, 5)) return `(${inner('number')} % ${pick(dice, ['2', '3', '7', '0'])})`
    return many ?? `(${inner('number')} ${pick(dice, ['+', '-', '*', '/'])} ${inner('number')})`
  }
  if (type === 'boolean') return `(${writeCondition(dice, names, depth - 1)})`
  return paths.length > 0 ? pick(dice, paths) : pick(dice, literals[type])
}

export function writeCondition(dice: Dice, names: Names, depth: number): string {
  const inner = () => writeCondition(dice, names, depth - 1)
  const type = pick(dice, types)
  const value = () => writeExpression(dice, names, type, depth - 1)
  switch (dice(depth > 0 ? 10 : 6)) {
    case 0:
      return `${value()} is ${happens(dice, 2) ? 'not ' : ''}empty`
    case 1:
    case 2:
      return `${value()} ${pick(dice, ['=', '!=', '<', '<=', '>', '>='])} ${value()}`
    case 3:
      return `${writeExpression(dice, names, 'text', depth - 1)} ${pick(dice, ['contains', 'starts with', 'ends with'])} "${pick(dice, ['a', '_', '%', 'Ä', ''])}"`
    case 4:
      return `${value()} ${happens(dice, 3) ? 'not ' : ''}in (${pick(dice, literals[type])}, ${pick(dice, literals[type])})`
    case 5:
      return `${writeExpression(dice, names, pick(dice, ['date', 'timestamp'] as const), 0)} in ${writeRange(dice)}`
    case 6:
      return `(${inner()} ${pick(dice, ['and', 'or'])} ${inner()})`
    case 7:
      return `not (${inner()})`
    case 8:
      return writeUnder(dice, names) ?? inner()
    default:
      return writeExistence(dice, names) ?? inner()
  }
}

const units = ['day', 'week', 'month', 'quarter', 'year'] as const

export function writeRange(dice: Dice): string {
  const unit = pick(dice, units)
  const base = pick(dice, [
    `last ${1 + dice(4)} ${unit}s`,
    `this ${unit}`,
    `${unit} to date`,
    '2024',
    '2024-Q2',
    '2024-01 to 2024-05',
    `last ${unit}`,
  ])
  const including = base.startsWith('last') && happens(dice, 4) ? ' including this' : ''
  return `${base}${including}${happens(dice, 5) ? ` ${1 + dice(3)} ${pick(dice, units)}s ago` : ''}`
}

function writeRelated(dice: Dice, names: Names, depth: number): string | undefined {
  const many = drawMany(dice, names)
  if (!many) return undefined
  const where = happens(dice, 2) ? ` where ${writeInnerCondition(dice, many, names)}` : ''
  if (happens(dice, 2)) return `count(${many.path}${where})`
  const { name, parameters } = pick(dice, aggregates)
  const args = parameters
    .filter(({ optional }) => !optional)
    .map((parameter) => {
      const fitting = many.fields.filter(({ type }) => parameter.types.length === 0 || parameter.types.includes(type))
      if ('isPercent' in parameter) return writeArgument(dice, names, parameter, depth)
      return fitting.length > 0 ? `${many.path}.${quotePath([pick(dice, fitting).name])}` : '1'
    })
  return `${name}(${args.join(', ')}${where})`
}

function writeExistence(dice: Dice, names: Names): string | undefined {
  const many = drawMany(dice, names)
  return many && `${pick(dice, ['any', 'none', 'all'])}(${many.path} where ${writeInnerCondition(dice, many, names)})`
}

/** One aggregate over the rows of a group. */
export function writeAggregate(dice: Dice, names: Names): string {
  const { name, parameters, isOrdered } = pick(dice, aggregates)
  const given = parameters.filter(({ optional }) => !optional || happens(dice, 2))
  const args = given.map((parameter) => writeArgument(dice, names, parameter, 1)).join(', ')
  const by = isOrdered ? ` by ${writeArgument(dice, names, { types: ['number', 'text', 'timestamp'] }, 0)}` : ''
  const where = happens(dice, 3) ? `${args || by ? ' ' : ''}where ${writeCondition(dice, names, 1)}` : ''
  const per = happens(dice, 12) ? ' per all' : ''
  return `${name}(${args}${by}${where}${per})`
}

import { quoteName, quotePath } from '../../src/dsl/text/quote.ts'
import { type Dice, happens, pick } from './dice.ts'
import { writeExpression } from './write-expression.ts'
import { drawMany, type Names, writeInnerCondition } from './write-path.ts'

const units = ['day', 'week', 'month', 'quarter', 'year'] as const

/** A relation to what rows did, maybe with a time of it and a condition. */
function writeEvents(dice: Dice, names: Names): { readonly text: string; readonly condition: () => string } {
  const many = drawMany(dice, names)
  if (!many) return { text: 'nothing', condition: () => 'nothing' }
  const times = many.fields.filter(({ type }) => type === 'timestamp' || type === 'date')
  const isTimed = times.length > 0 && happens(dice, 2)
  const path = isTimed ? `${many.path}.${quotePath([pick(dice, times).name])}` : many.path
  const condition = () => writeInnerCondition(dice, many, undefined)
  return { text: happens(dice, 3) ? `${path} where ${condition()}` : path, condition }
}

const writeKeys = (dice: Dice, names: Names): readonly string[] => {
  const keys = ['k', 'other'].slice(0, pick(dice, [0, 0, 1, 2]))
  return keys.map((name) => `${name} = ${writeExpression(dice, names, pick(dice, ['text', 'boolean', 'number']), 1)}`)
}

function writeRetention(dice: Dice, names: Names): string {
  const times = names.relation.columns.filter(({ type }) => type === 'timestamp' || type === 'date')
  const time = times.length > 0 ? quoteName(pick(dice, times).name) : 'nothing'
  const by = [`${pick(dice, units)}(${time})`, ...writeKeys(dice, names)].join(', ')
  return `retention by ${by} on ${writeEvents(dice, names).text} for ${1 + dice(6)} ${pick(dice, units)}s`
}

function writeFunnel(dice: Dice, names: Names): string {
  const { text, condition } = writeEvents(dice, names)
  const stages = Array.from({ length: 2 + dice(3) }, (_, at) =>
    happens(dice, 2) ? `s${at} = (${condition()})` : `s${at} = "${pick(dice, ['a', 'A', 'pro', ''])}"`,
  )
  const within = happens(dice, 2) ? ` within ${1 + dice(40)} ${pick(dice, ['hour', 'day', 'week'])}s` : ''
  const keys = writeKeys(dice, names)
  const by = keys.length > 0 ? ` by ${keys.join(', ')}` : ''
  return `funnel ${text}${pick(dice, ['', ' strict', ' any'])}${within}${by}: ${stages.join(' then ')}`
}

const writeLifecycle = (dice: Dice, names: Names): string =>
  `lifecycle by ${[pick(dice, ['week', 'month', 'quarter']), ...writeKeys(dice, names)].join(', ')} on ${writeEvents(dice, names).text}`

const writeSessions = (dice: Dice, names: Names): string => {
  const keys = writeKeys(dice, names)
  return `sessions per ${keys.length > 0 ? keys.join(', ') : 'nothing'} gap ${1 + dice(60)} ${pick(dice, ['hour', 'day', 'week'])}s`
}

/** How often each step that follows what rows did is tried. */
export const productWriters: readonly (readonly [number, (dice: Dice, names: Names) => string])[] = [
  [2, writeRetention],
  [2, writeFunnel],
  [1, writeLifecycle],
  [1, writeSessions],
]

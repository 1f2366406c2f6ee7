import { type Bound, call, literal } from '../bind/bound.ts'
import { isPeriod } from '../text/parse-range.ts'
import { defineFamily } from './function.ts'

const text = { name: 'text', types: ['text'] } as const

/** A text that is written out as a day is that day. */
function toDate(value: Bound): Bound {
  if (value.type !== 'text') return { kind: 'bucket', type: 'date', grain: 'day', arg: value }
  if (value.kind === 'literal' && typeof value.value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value.value))
    return isPeriod(value.value) ? literal('date', value.value) : literal('date', null)
  return call('to_date', 'date', value)
}

function toNumber(value: Bound): Bound {
  if (value.type === 'number') return value
  if (value.type !== 'boolean') return call('to_number', 'number', value)
  const isEmpty = call('is_empty', 'boolean', value)
  const [one, none, nought] = [literal('number', 1), literal('number', null), literal('number', 0)]
  return call('when', 'number', value, one, isEmpty, none, nought)
}

function toText(value: Bound): Bound {
  if (value.type === 'text') return value
  if (value.type !== 'boolean') return call('to_text', 'text', value)
  const isEmpty = call('is_empty', 'boolean', value)
  return call('when', 'text', value, literal('text', 'true'), isEmpty, literal('text', null), literal('text', 'false'))
}

/** Values of one type as another. What cannot be read is empty, never a mistake in the middle of a question. */
export const conversions = defineFamily('From one type to another', [
  {
    kind: 'scalar',
    name: 'number',
    signature: 'number(x)',
    summary:
      'The number that a text holds, as `12`, `-0.5` or `1e6`, with spaces around it or none; empty where it holds none. Of true and false 1 and 0.',
    example: 'number(name)',
    parameters: [{ name: 'x', types: ['text', 'number', 'boolean'] }],
    build: ([value]) => toNumber(value!),
    describe: ([x]) => `${x} as a number`,
  },
  {
    kind: 'scalar',
    name: 'text',
    signature: 'text(x)',
    summary:
      'A number as `12.5`, with at most ten digits behind the point and no zeros at the end; a date as `2025-03-14`; `true` or `false`.',
    example: 'text(mrr)',
    parameters: [{ name: 'x', types: ['number', 'date', 'boolean', 'text'] }],
    build: ([value]) => toText(value!),
    describe: ([x]) => `${x} as text`,
  },
  {
    kind: 'scalar',
    name: 'date',
    signature: 'date(text) or date(time)',
    summary:
      "The day that a text starts with, as `2025-03-14`; empty where it starts with none. Of a time, its day in the calendar's zone.",
    example: 'date(name)',
    parameters: [{ name: 'x', types: ['text', 'date', 'timestamp'] }],
    build: ([value]) => toDate(value!),
    describe: ([x]) => `the day of ${x}`,
  },
  {
    kind: 'scalar',
    name: 'timestamp',
    signature: 'timestamp(text)',
    summary:
      'The time that a text holds, as `2025-03-14T09:30:00Z`; `T` may be a space, seconds and `Z` may be missing, and it is in UTC. Empty where it holds none.',
    example: 'timestamp(name)',
    parameters: [text],
    build: ([value]) => call('to_timestamp', 'timestamp', value!),
    describe: ([x]) => `the time of ${x}`,
  },
])

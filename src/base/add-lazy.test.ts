import { expect, test } from 'vitest'
import { addLazy } from './add-lazy.ts'

test('a member is worked out once, when it is first read', () => {
  const asked: string[] = []
  const value = addLazy({ sql: 'select 1' }, { words: () => asked.push('words'), key: () => asked.push('key') })
  expect(asked).toEqual([])
  expect([value.words, value.words, asked]).toEqual([1, 1, ['words']])
})

test('copies, comparisons and JSON hold it as any other member', () => {
  const make = () => addLazy({ sql: 'select 1' }, { key: () => 'abc' })
  expect({ ...make() }).toEqual({ sql: 'select 1', key: 'abc' })
  expect(make()).toEqual({ sql: 'select 1', key: 'abc' })
  expect(JSON.stringify(make())).toBe('{"sql":"select 1","key":"abc"}')
})

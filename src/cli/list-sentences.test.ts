import { expect, test } from 'vitest'
import { listSentences } from './list-sentences.ts'

test('sentences of one block are numbered, those of several stand under their names', () => {
  const step = (sentence: string, block?: string) => ({ text: '', sentence, ...(block === undefined ? {} : { block }) })
  expect(listSentences([step('Start'), step('Keep')])).toEqual(['1. Start', '2. Keep'])
  expect(listSentences([step('Start', 'paid'), step('Group', 'paid'), step('Go on')])).toEqual([
    'paid:',
    '1. Start',
    '2. Group',
    'The result:',
    '3. Go on',
  ])
})

import { expect, test } from 'vitest'
import type { Catalog } from '../../catalog/catalog.ts'
import { readWait } from './read-wait.ts'

const field = (name: string, type: string) => ({ [name]: { name, type } })
const catalog = {
  models: {
    build: {
      name: 'build',
      fields: { ...field('queued_at', 'timestamp'), ...field('started_at', 'timestamp'), ...field('size', 'number') },
    },
  },
} as unknown as Catalog
const read = (measure: string) => readWait(catalog, { model: 'build', measure })

test.each(['seconds', 'minutes', 'hours', 'days', 'weeks', 'months'])('a wait in %s is one', (unit) => {
  const wait = { fn: `${unit}_between`, began: 'queued_at', ended: 'started_at' }
  expect(read(`median(${unit}_between(queued_at, started_at))`)).toEqual(wait)
})

test('a time to what is no time, and of some rows only, is none', () => {
  expect(read('median(seconds_between(queued_at, size))')).toBeUndefined()
  expect(read('avg(seconds_between(queued_at, started_at) where size > 3)')).toBeUndefined()
})

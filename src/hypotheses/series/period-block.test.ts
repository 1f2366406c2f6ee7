import { expect, test } from 'vitest'
import { packBlock, splitRows, unpackBlock } from './period-block.ts'

const columns = ['day', 'plan', 'seats', 'rows', 'signups', 'mean', 'mean_weight'].map((name) => ({ name }))
const rows = [
  ['2026-09-01', 'pro', 3, 2, '2', 0.1 + 0.2, 2],
  ['2026-09-02', null, 1, 7, 7, null, 0],
  ['2026-09-01', 'a\nb', true, 4294967295, 4294967296, -0, 4294967295],
] as const

test('a period is the same after it was packed, down to the last bit', () => {
  const blocks = splitRows({ columns, rows }, 2)
  expect(blocks.map(({ period, keys }) => [period, keys])).toEqual([
    ['2026-09-01', ['["pro",3]', '["a\\nb",true]']],
    ['2026-09-02', ['[null,1]']],
  ])
  const [first, second] = blocks.map((block) => unpackBlock(block.period, packBlock(block)))
  expect([first, second]).toEqual(blocks)
  expect(first!.measures.map((values) => [...values])).toEqual([
    [2, 4294967295],
    [2, 4294967296],
    [0.1 + 0.2, -0],
    [2, 4294967295],
  ])
  expect(second!.measures[2]![0]).toBeNaN()
})

test('a measure that is the same as another takes no room', () => {
  const many = Array.from({ length: 500 }, (_, at) => ['2026-09-01', `v${at}`, 1, at, at / 7, at / 7, at])
  const [block] = splitRows({ columns, rows: many }, 2)
  const alone = { ...block!, names: block!.names.slice(0, 2), measures: block!.measures.slice(0, 2) }
  expect(packBlock(block!).length).toBeLessThan(packBlock(alone).length + 100)
})

test('a scan of no fields has one row a period, and one of none has no rows', () => {
  const [whole] = splitRows({ columns: [{ name: 'day' }, { name: 'rows' }], rows: [['2026-09-01', 5]] }, 0)
  expect(unpackBlock('2026-09-01', packBlock(whole!)).keys).toEqual(['[]'])
  expect(unpackBlock('2026-09-01', packBlock({ ...whole!, keys: [], measures: [new Float64Array()] })).keys).toEqual([])
})

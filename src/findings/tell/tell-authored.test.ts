import { expect, test } from 'vitest'
import type { Controlled } from '../errors/control-errors.ts'
import { tellAuthored } from './tell-authored.ts'

const held = (numbers: { change: number | null; from: string | null; to?: string | null }) =>
  ({
    qValue: 0.01,
    verdict: { hypothesis: { detector: 'level_shift' }, numbers: { to: null, ...numbers } },
  }) as unknown as Controlled

test('what is large and recent is a story of its own', () => {
  const told = held({ change: -0.4, from: '2026-09-14' })
  expect(tellAuthored([told], '2026-09-30')).toEqual([{ lead: told, merged: [] }])
})

test('what is small, long past, or over is none', () => {
  const silent = [
    held({ change: 0.05, from: '2026-09-14' }),
    held({ change: 0.5, from: '2026-03-01' }),
    held({ change: 0.5, from: '2026-08-01', to: '2026-08-20' }),
  ]
  expect(tellAuthored(silent, '2026-09-30')).toEqual([])
})

test('a goal is told while its period lasts, however long, where it will be missed', () => {
  const hypothesis = { detector: 'pace' }
  const numbers = { change: -0.1, from: '2026-01-01', to: '2027-01-01' }
  const of = (chance_of_reaching: number) =>
    ({ verdict: { hypothesis, numbers: { ...numbers, details: { chance_of_reaching } } } }) as unknown as Controlled
  expect(tellAuthored([of(0.001), of(0.999)], '2026-09-30')).toHaveLength(1)
})

import { expect, test } from 'vitest'
import type { Controlled } from '../errors/control-errors.ts'
import { tellAuthored } from './tell-authored.ts'

const held = (numbers: { change: number | null; from: string | null; to?: string | null }) =>
  ({ qValue: 0.01, verdict: { numbers: { to: null, ...numbers } } }) as unknown as Controlled

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

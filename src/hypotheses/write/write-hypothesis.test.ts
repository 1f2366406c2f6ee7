import { expect, test } from 'vitest'
import { languageCatalog as catalog } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { parse } from '../../dsl/text/parse.ts'
import { identify } from '../../dsl/tree/identify.ts'
import type { Slice } from '../hypothesis.ts'
import { shapeMeasure } from '../series/measure-shape.ts'
import { templates } from '../templates/index.ts'
import { writeHypotheses } from './write-hypothesis.ts'

const slices: readonly Slice[] = [
  [],
  [{ field: 'plan', value: 'pro' }],
  [{ field: 'plan', value: null }],
  [{ field: 'source', value: 'a "quoted"\nwhere \\ value' }],
  [
    { field: 'seats', value: 12 },
    { field: 'is_active', value: true },
  ],
]

test('a hypothesis has the key of its text, whatever was written before it', () => {
  const keys = new Set<string>()
  let count = 0
  for (const round of [1, 2])
    for (const slice of slices)
      for (const metric of Object.values(catalog.models.account!.metrics))
        for (const template of templates) {
          if (template.kind !== 'series') continue
          const history = { grain: 'day', periods: 90 + round, today: '2026-09-30' } as const
          const input = { catalog, template, metric, shape: shapeMeasure(metric), slice, history }
          for (const { key, text } of writeHypotheses(input)) {
            expect(key).toBe(identify(expectAccepted(parse(text))))
            keys.add(`${template.name} ${key}`)
            count += 1
          }
        }
  expect(count).toBeGreaterThan(100)
  expect(keys.size).toBe(count)
})

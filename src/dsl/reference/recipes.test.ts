import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { diagnose } from '../plan/plan-exploration.ts'
import { recipes } from './recipes.ts'

test.each(recipes.flatMap((group) => group.recipes))('the recipe holds as it is written: $question', ({ text }) => {
  expect(diagnose({ name: 'recipe', text }, languageContext)).toEqual([])
})

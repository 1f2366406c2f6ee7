import { expect, test } from 'vitest'
import { languageContext } from '../../tests/fixtures/language-catalog.ts'
import { exampleFiles } from '../../tests/support/explorations.ts'
import { findCrash } from '../../tests/support/find-crash.ts'
import { createRandom, inventText, mutateText } from '../../tests/support/mutate-text.ts'
import { planExploration } from './plan/plan-exploration.ts'

const random = createRandom(20260915)

test('12,000 mutated examples are compiled or refused, never crashed on', () => {
  for (let run = 0; run < 12_000; run++) {
    const text = mutateText(exampleFiles[run % exampleFiles.length]!.text, random)
    expect(findCrash(text), text).toBeUndefined()
  }
}, 120_000)

test('8,000 texts of the language in any order are compiled or refused, never crashed on', () => {
  for (let run = 0; run < 8_000; run++) {
    const text = inventText(random)
    expect(findCrash(text), text).toBeUndefined()
  }
}, 120_000)

test.each([
  ['parentheses', `from account\nadd x = ${'('.repeat(50_000)}`],
  ['minus signs', `from account\nadd x = ${'-'.repeat(50_000)}1`],
  ['sums', `from account\nadd x = 1${' + 1'.repeat(20_000)}`],
  ['nots', `from account\nwhere ${'not '.repeat(20_000)}is_active`],
  ['steps', `from account\n${'limit 1\n'.repeat(5_000)}`],
  ['letters', 'a'.repeat(1_000_000)],
  ['dots', `from account\nshow ${'owner.account.'.repeat(2_000)}plan`],
])('no end of %s is refused in good time', (_what, text) => {
  const before = process.cpuUsage()
  expect(findCrash(text)).toBeUndefined()
  expect(planExploration(text, languageContext).ok).toBe(false)
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000)
})

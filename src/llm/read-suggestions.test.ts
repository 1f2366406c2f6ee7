import { expect, test } from 'vitest'
import { readSuggestions } from './read-suggestions.ts'

const [one, other] = [
  'from account\ntest trend n over day',
  'from metric signups by day\ntest outlier signups over day',
]

test.each([
  ['between dashes', `${one}\n---\n${other}`],
  ['with blank lines between', `${one}\n\n${other}`],
  ['in fences, with prose', `Two ideas.\n\`\`\`hunch\n${one}\n\`\`\`\nAnd:\n\`\`\`\n${other}\n\`\`\`\nEnjoy!`],
  ['in one fence', `\`\`\`\n${one}\n---\n${other}\n\`\`\``],
  ['behind thoughts', `<think>from nowhere\n---\nfrom here</think>\n${one}\n-----\n${other}`],
  ['each behind prose', `First:\n${one}\n---\nSecond:\n${other}`],
])('finds explorations %s', (_, reply) => {
  expect(readSuggestions(reply)).toEqual([one, other])
})

test.each(['none', '', 'I would look at revenue.', '---\n---', `from ${'x'.repeat(5_000)}`])(
  '%j holds none',
  (reply) => {
    expect(readSuggestions(reply)).toEqual([])
  },
)

test('no reply is read without end', () => {
  expect(readSuggestions(Array.from({ length: 1_000 }, () => one).join('\n---\n'))).toHaveLength(20)
})

import { expect, test } from 'vitest'
import { readReply } from './read-reply.ts'

const exploration = 'from account\ngroup all: accounts = count()'

test.each([
  ['bare', exploration],
  ['in a fence', `\`\`\`hunch\n${exploration}\n\`\`\``],
  ['in a fence between prose', `Here it is:\n\n\`\`\`\n${exploration}\n\`\`\`\nI hope it helps.`],
  ['behind prose', `Sure.\n${exploration}`],
  ['behind thoughts', `<think>they want cannot_answer: no</think>\n${exploration}`],
  ['in a fence that never ends', `\`\`\`\n${exploration}`],
])('finds an exploration %s', (_, reply) => {
  expect(readReply(reply)).toEqual({ kind: 'exploration', text: exploration })
})

test.each([
  ['cannot_answer: nothing about weather', 'nothing about weather'],
  ['```\ncannot_answer: no weather\n```', 'no weather'],
  ['I am sorry.\ncannot_answer:', 'the model gave no reason'],
  ['', 'the model answered nothing'],
])('%j is a refusal', (reply, reason) => {
  expect(readReply(reply)).toEqual({ kind: 'cannot_answer', reason })
})

import { expect, test } from 'vitest'
import { readGold } from './read-gold.ts'

const read = (text: string) => readGold({ name: 'gold.md', text })

test('reads questions, their lines, tags, days and every accepted exploration', () => {
  const outcome = read(`# Title

## How many accounts?
catalog: saas
tags: count, plain
as of: 2026-09-30

\`\`\`hunch
from account
group all: accounts = count()
\`\`\`

\`\`\`hunch
from metric accounts
\`\`\`

## What is the weather?
\`\`\`cannot_answer
nothing about weather
## not a heading
\`\`\`
`)
  expect(outcome.ok && outcome.value).toEqual([
    {
      question: 'How many accounts?',
      line: 3,
      catalog: 'saas',
      tags: ['count', 'plain'],
      asOf: '2026-09-30',
      variants: ['from account\ngroup all: accounts = count()', 'from metric accounts'],
      cannotAnswer: undefined,
    },
    {
      question: 'What is the weather?',
      line: 17,
      catalog: undefined,
      tags: [],
      asOf: undefined,
      variants: [],
      cannotAnswer: 'nothing about weather\n## not a heading',
    },
  ])
})

test('says which questions have no answer', () => {
  const outcome = read('## One\n\n## Two\n```hunch\nfrom x\n```\n')
  expect(outcome.diagnostics.map(({ message }) => message)).toEqual(['the question `One` has no answer'])
})

/** A small seeded generator (mulberry32): the same texts in each run. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const pieces = [
  'from ',
  'account',
  'where ',
  'add x = ',
  'group by ',
  'group all: ',
  'top 3 by ',
  'sort ',
  'show ',
  'fill ',
  'test ',
  'chart line ',
  'limit ',
  'count(',
  'sum(',
  'any(',
  'none(',
  'previous(',
  'total(',
  'when(',
  'if(',
  'month(',
  'users',
  'users.events.at',
  'owner.',
  'invoices.amount',
  'plan',
  'mrr',
  'created_at',
  'id',
  '.',
  ',',
  ':',
  '(',
  ')',
  '=',
  '==',
  '!=',
  '<>',
  '<',
  '>=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '??',
  ' and ',
  ' or ',
  ' not ',
  ' is empty',
  ' is not null',
  ' in ',
  'last 3 months',
  'this year',
  'year to date',
  '1 year ago',
  '2025-Q3',
  '2025-02-31',
  '2025-03-14',
  '"pro"',
  "'Pro'",
  '"',
  '`',
  '#',
  '\n',
  '\n  ',
  '|',
  '```',
  '💥',
  '\u0000',
  '9'.repeat(40),
  '1e999',
  '30%',
  ' per ',
  ' with ties',
  ' rest as "x"',
  'as of 2026-01-01\n',
  'timezone Europe/Tallinn\n',
  '__proto__',
  'constructor',
  'toString(',
  'from metric signups by week',
  'viewer.x',
  'block b\n',
  '\n  block b',
  'from block b\n',
  'join block b on plan',
  'append block b',
  ' keep all',
  '\nunique',
  '\ntotals per plan',
  'pivot plan in ("pro") by country: n = count()',
  'unpivot mrr, seats as what, amount',
  'compare created_at in this year to last year: n = count()',
  'param x number = 3\n',
] as const

const pick = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)]!

/** `text` with one to six pieces put in, cut out, doubled or swapped. */
export function mutateText(text: string, random: () => number): string {
  let mutated = text
  for (let count = 1 + Math.floor(random() * 6); count > 0; count--) {
    const at = Math.floor(random() * (mutated.length + 1))
    const end = Math.min(mutated.length, at + Math.floor(random() * 12))
    const kind = Math.floor(random() * 4)
    if (kind === 0) mutated = mutated.slice(0, at) + pick(pieces, random) + mutated.slice(at)
    else if (kind === 1) mutated = mutated.slice(0, at) + mutated.slice(end)
    else if (kind === 2) mutated = mutated.slice(0, end) + mutated.slice(at)
    else mutated = mutated.slice(0, at) + pick(pieces, random) + mutated.slice(end)
  }
  return mutated
}

/** A text of pieces of the language in any order. */
export function inventText(random: () => number): string {
  const words = Array.from({ length: Math.floor(random() * 25) }, () => pick(pieces, random))
  return random() < 0.5 ? `from account\n${words.join('')}` : words.join(random() < 0.5 ? ' ' : '')
}

import { suggestNames } from '../../base/did-you-mean.ts'
import { quoteName } from '../text/quote.ts'
import type { CheckedBlock } from './checked-block.ts'
import type { Checker } from './checker.ts'
import { findWord } from './named-column.ts'
import { findMeant } from './same-word.ts'

/** Blocks while a tree is checked. */
export interface BlockBook {
  /** Those whose lines stand above. */
  readonly earlier: ReadonlyMap<string, CheckedBlock>
  /** Names of all of the text. */
  readonly names: readonly string[]
  /** Keeps that a block is read. */
  readonly used: Set<string>
}

export const noBlocks: BlockBook = { earlier: new Map(), names: [], used: new Set() }

/** The block that a step names, or undefined with the mistake reported. */
export function findBlock(step: { readonly block: string }, checker: Checker): CheckedBlock | undefined {
  const { earlier, names, used } = checker.blocks
  const found = earlier.get(step.block)
  if (found) {
    used.add(step.block)
    return found
  }
  const span = findWord(step, step.block, checker)
  const place = span ? { span } : {}
  if (names.includes(step.block)) {
    used.add(step.block)
    checker.report(step, {
      code: 'block-order',
      message: `the block \`${step.block}\` is not above this one`,
      hint: 'A block reads those above it; move its lines up.',
      ...place,
    })
    return undefined
  }
  const known = [...earlier.keys()]
  const isModel = Object.hasOwn(checker.catalog.models, step.block)
  const meant = findMeant(step.block, known)
  checker.report(step, {
    code: 'unknown-block',
    message: `there is no block \`${step.block}\``,
    hint: isModel
      ? `\`${step.block}\` is a model: its columns are reached over relations, as in \`account.plan\` or \`count(users)\`.`
      : known.length > 0
        ? `Above is ${known.map((name) => `\`${name}\``).join(', ')}.`
        : `Write \`block ${quoteName(step.block)}\` and its steps above.`,
    candidates: meant === undefined ? suggestNames(step.block, known) : [meant],
    fixes: meant === undefined || !span ? [] : [{ title: `${step.block} → ${meant}`, span, text: quoteName(meant) }],
    ...place,
  })
  return undefined
}

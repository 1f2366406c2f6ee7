import { suggestNames } from '../../base/did-you-mean.ts'
import type { Relation as CatalogRelation } from '../../catalog/catalog.ts'
import { isToMany } from '../bind/bind-path.ts'
import { quoteName, quotePath } from '../text/quote.ts'
import type { CheckedBlock } from './checked-block.ts'
import type { Checker } from './checker.ts'
import { findWord } from './named-column.ts'
import type { Relation } from './relation.ts'
import { findMeant, isSameWord } from './same-word.ts'

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
export function findBlock(
  step: { readonly block: string },
  checker: Checker,
  before?: Relation,
): CheckedBlock | undefined {
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
  const ways = findWays(step.block, before)
  const isModel = Object.hasOwn(checker.catalog.models, step.block)
  const meant = findMeant(step.block, known)
  checker.report(step, {
    code: 'unknown-block',
    message: `there is no block \`${step.block}\``,
    hint:
      isModel || ways.length > 0
        ? hintModel(step.block, ways, checker)
        : known.length > 0
          ? `Above is ${known.map((name) => `\`${name}\``).join(', ')}.`
          : `Write \`block ${quoteName(step.block)}\` and its steps above.`,
    candidates: meant === undefined ? suggestNames(step.block, known) : [meant],
    fixes: meant === undefined || !span ? [] : [{ title: `${step.block} → ${meant}`, span, text: quoteName(meant) }],
    ...place,
  })
  return undefined
}

/** Relations of the rows at hand that are called so, or lead to the model that is. */
const findWays = (name: string, before: Relation | undefined): readonly CatalogRelation[] =>
  Object.values(before?.rows?.scan.model.relations ?? {}).filter(
    (relation) => relation.name === name || isSameWord(relation.to, name),
  )

/** How the rows of a model are reached from those at hand. */
function hintModel(name: string, ways: readonly CatalogRelation[], { catalog }: Checker): string {
  const said = ways.map((relation) => {
    const to = catalog.models[relation.to]
    const field = to?.semantics?.name ?? Object.keys(to?.fields ?? {})[0] ?? 'name'
    const many = quoteName(relation.name)
    return isToMany(relation)
      ? `\`count(${many})\` or \`any(${many} where …)\``
      : `\`${quotePath([relation.name, field])}\``
  })
  return said.length === 0
    ? `\`${name}\` is a model: its columns are reached over relations, as in \`account.plan\` or \`count(users)\`.`
    : `\`${name}\` is no block, and nothing is joined by hand: leave this line out, and write ${said.join(' or ')} where the value is needed.`
}

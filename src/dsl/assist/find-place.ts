import type { Source } from '../../base/diagnostic.ts'
import { type CheckContext, checkTree } from '../check/check.ts'
import type { Relation } from '../check/relation.ts'
import { nothing } from '../steps/from.ts'
import { parse } from '../text/parse.ts'
import { isHeading } from '../text/parse-blocks.ts'
import { readTokens, type Token } from '../text/tokens.ts'

/** Where a cursor stands in a text that may be half written. */
export interface Place {
  /** Tokens of the step, up to the word that is being written. */
  readonly before: readonly Token[]
  /** The word so far, and where it starts. */
  readonly word: string
  readonly start: number
  /** Whether a text in quotes is being written; `word` is then its content so far. */
  readonly isInText: boolean
  /** What the steps above give; nothing where they cannot be read. */
  readonly relation: Relation
  /** Names of the blocks that the step may read. */
  readonly blocks: readonly string[]
  /** Whether no step stands above in its block. */
  readonly isFirst: boolean
}

/** Start of the step that `offset` stands in: the last line that is not indented. */
function findStepStart(text: string, offset: number): number {
  let start = text.lastIndexOf('\n', offset - 1) + 1
  while (start > 0 && /[^\S\n]/.test(text[start] ?? '')) start = text.lastIndexOf('\n', start - 2) + 1
  return start
}

interface Above {
  /** What the steps above give. */
  readonly relation: Relation
  /** Blocks whose rows a step here may read: those above the one that the cursor stands in. */
  readonly blocks: readonly string[]
  /** The block that the last steps above stand in, which a new `from` may read as well. */
  readonly current: string | undefined
}

/** What the text before `end` gives; steps that cannot be read are left out from the last on. */
function readAbove({ text, name }: Source, end: number, context: CheckContext): Above {
  let above = text.slice(0, end)
  while (above.trim() !== '') {
    const parsed = parse(above, name)
    if (parsed.ok) {
      const { after } = checkTree(parsed.value, context, [], { source: { name, text: above } })
      const blocks = (parsed.value.blocks ?? []).map((block) => block.name)
      return { relation: after, blocks, current: parsed.value.heading?.name }
    }
    above = above.trimEnd()
    above = above.slice(0, above.lastIndexOf('\n') + 1)
  }
  return { relation: nothing, blocks: [], current: undefined }
}

/** The rows that the steps before `end` give. */
export const findRelation = (source: Source, end: number, context: CheckContext): Relation =>
  readAbove(source, end, context).relation

/** Whether the steps of a block begin here: nothing stands above, or its `block` line. */
function isStart(above: string): boolean {
  const lines = above.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'))
  const { tokens } = readTokens({ name: '', text: lines.at(-1) ?? '' })
  return lines.length === 0 || isHeading(tokens.filter(({ kind }) => kind !== 'comment'))
}

/** Reads what stands around a cursor. `offset` is in UTF-16 units. */
export function findPlace(source: Source, offset: number, context: CheckContext): Place {
  const { text } = source
  const start = findStepStart(text, offset)
  const step = text.slice(start, offset)
  const open = /["']((?:\\.|[^"'\\\n])*)$/.exec(step)
  const isInText = open !== null && (step.match(/(?<!\\)["']/g)?.length ?? 0) % 2 === 1
  const word = isInText ? (open[1] ?? '') : (/`?[\p{L}_][\p{L}\p{N}_]*$/u.exec(step)?.[0] ?? '')
  const cut = step.slice(0, step.length - word.length - (isInText ? 1 : 0))
  const { tokens } = readTokens({ name: source.name, text: cut })
  const { relation, blocks, current } = readAbove(source, start, context)
  const isFrom = tokens[0]?.value.toLowerCase() === 'from'
  return {
    before: tokens.filter(({ kind }) => kind !== 'newline' && kind !== 'comment'),
    word,
    start: offset - word.length,
    isInText,
    relation,
    blocks: isFrom && current !== undefined ? [...blocks, current] : blocks,
    isFirst: isStart(text.slice(0, start)),
  }
}

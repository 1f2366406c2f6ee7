import { createDiagnostic, type Diagnostic, type Source, type Span } from '../../base/diagnostic.ts'
import type { Report } from '../check/diagnostic-codes.ts'
import { placeNode } from '../tree/spans.ts'
import type { Line } from './lines.ts'
import type { Token } from './tokens.ts'

/** Nesting and chained operators in one step; past it the text is refused, so that no walk over a tree runs out of stack. */
export const depthMax = 200

/** Thrown to end the reading of one step; its diagnostic has been kept. One for all, since a stack trace would cost more than a parse. */
export const parseStop = new Error('the step cannot be read further')

/** Reads the tokens of one step from left to right. */
export interface Cursor {
  /** The token at, or `ahead` of, the place; undefined past the end. */
  readonly peek: (ahead?: number) => Token | undefined
  readonly take: () => Token | undefined
  readonly isAtEnd: () => boolean
  /** Whether the next words are these, in any case; a name in backticks is never a word. */
  readonly isWord: (...words: readonly string[]) => boolean
  readonly acceptWord: (...words: readonly string[]) => boolean
  readonly isSymbol: (...symbols: readonly string[]) => boolean
  readonly acceptSymbol: (...symbols: readonly string[]) => boolean
  readonly expectWord: (word: string) => void
  readonly expectSymbol: (symbol: string) => void
  /** Keeps a diagnostic and goes on. */
  readonly report: (diagnostic: Report) => void
  /** Keeps a diagnostic and ends the step. */
  readonly stop: (diagnostic: Report) => never
  /** `expected a column, found ","`, and ends the step. */
  readonly expected: (what: string, hint?: string) => never
  readonly mark: () => number
  /** From `start` to the end of the last token taken. */
  readonly spanFrom: (start: number) => Span
  readonly place: <T extends object>(start: number, node: T) => T
  /** Counts one level or operator; ends the step past `depthMax`. */
  readonly deepen: () => void
  readonly rise: () => void
}

export function createCursor(source: Source, line: Pick<Line, 'tokens' | 'span'>, diagnostics: Diagnostic[]): Cursor {
  const { tokens } = line
  let at = 0
  let depth = 0
  const report = (input: Report) => {
    diagnostics.push(createDiagnostic({ source, span: placeOf(at), ...input }))
  }
  const placeOf = (index: number): Span => {
    const token = tokens[index]
    return token?.span ?? { start: line.span.end, end: line.span.end }
  }
  const stop = (input: Report): never => {
    report(input)
    throw parseStop
  }
  const isWord = (...words: readonly string[]) => {
    for (let ahead = 0; ahead < words.length; ahead++) {
      const token = tokens[at + ahead]
      const word = words[ahead]!
      if (token?.kind !== 'word' || token.value.length !== word.length) return false
      if (token.value !== word && token.value.toLowerCase() !== word) return false
    }
    return true
  }
  const isSymbol = (...symbols: readonly string[]) => {
    const token = tokens[at]
    return token?.kind === 'symbol' && symbols.includes(token.value)
  }
  const advance = (count: number) => {
    at += count
    return true
  }
  const expected = (what: string, hint?: string) =>
    stop({ code: 'syntax', message: `expected ${what}, found ${describeToken(tokens[at])}`, hint })
  const spanFrom = (start: number): Span => {
    const from = placeOf(start).start
    return { start: from, end: Math.max(from, tokens[at - 1]?.span.end ?? from) }
  }
  return {
    peek: (ahead = 0) => tokens[at + ahead],
    take: () => tokens[at++],
    isAtEnd: () => at >= tokens.length,
    isWord,
    acceptWord: (...words) => isWord(...words) && advance(words.length),
    isSymbol,
    acceptSymbol: (...symbols) => isSymbol(...symbols) && advance(1),
    expectWord: (word) => void ((isWord(word) && advance(1)) || expected(`\`${word}\``)),
    expectSymbol: (symbol) => void ((isSymbol(symbol) && advance(1)) || expected(`"${symbol}"`)),
    report,
    stop,
    expected,
    mark: () => at,
    spanFrom,
    place: (start, node) => placeNode(node, spanFrom(start)),
    deepen: () => {
      if (++depth > depthMax)
        stop({
          code: 'too-deep',
          message: `a step holds more than ${depthMax} nested parts`,
          hint: 'Split it into several `add` steps.',
        })
    },
    rise: () => {
      depth--
    },
  }
}

function describeToken(token: Token | undefined): string {
  if (!token) return 'the end of the step'
  if (token.kind === 'text') return 'a text'
  if (token.kind === 'word' || token.kind === 'name') return `\`${token.value}\``
  return `"${token.value}"`
}

import { createDiagnostic, type Diagnostic, type Source, type Span } from '../../base/diagnostic.ts'
import type { DiagnosticCode } from '../check/diagnostic-codes.ts'
import { readExact } from '../tree/exact-number.ts'

/** `name` is in backticks and so never a keyword; `period` is a bare date, `break` a pipe that starts a new step. */
export type TokenKind = 'word' | 'name' | 'text' | 'number' | 'period' | 'symbol' | 'comment' | 'newline' | 'break'

export interface Token {
  readonly kind: TokenKind
  /** Decoded: without quotes and escapes; keywords are compared in lower case. */
  readonly value: string
  readonly span: Span
}

const patterns = [
  '(?<newline>\\r?\\n)',
  '(?<space>[^\\S\\n]+)',
  '(?<fence>(?<=^|\\n)[^\\S\\n]*```[^\\n]*)',
  '(?<comment>#[^\\n]*)',
  '(?<period>\\d{4}-(?:[Qq][1-4]|\\d{2}(?:-\\d{2}(?:T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?Z?)?)?)(?![\\p{L}\\p{N}_]))',
  '(?<percent>\\d+(?:\\.\\d+)?%(?=[\\s),:]|$))',
  '(?<number>(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d+)?)',
  '(?<name>`(?:\\\\.|[^`\\\\\\n])*`)',
  '(?<text>"(?:\\\\.|[^"\\\\\\n])*"|\'(?:\\\\.|[^\'\\\\\\n])*\')',
  '(?<curly>[“”„][^“”„\\n]*[“”„])',
  '(?<pipe>\\|>?(?!\\|))',
  '(?<symbol>!=|<>|<=|>=|==|\\?\\?|&&|\\|\\||[-+*/%=<>(),.:!;[\\]])',
  '(?<open>["\'`][^\\n]*)',
]
const scanner = new RegExp(patterns.join('|'), 'suy')
/** Most tokens are words, and need not be tried as anything else: nothing else starts with a letter. */
const wordScanner = /[\p{L}_][\p{L}\p{N}_]*/uy
const blank = 0x20

/** Letters that begin no other token and that nothing goes on with. */
const marks: ReadonlySet<string> = new Set('(),:[];+-*/%')

const isWordCode = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || (code >= 0x30 && code <= 0x39)

/** The word that begins at `at`; undefined where none does. */
function readWord(text: string, at: number): string | undefined {
  let end = at
  while (isWordCode(text.charCodeAt(end))) end++
  // Beyond ASCII, and what begins with a digit, is for patterns to say.
  if (end > at && text.charCodeAt(at) > 0x39 && !(text.charCodeAt(end) > 0x7f)) return text.slice(at, end)
  wordScanner.lastIndex = at
  return wordScanner.exec(text)?.[0]
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

/** The inside of a quoted token. A backslash before any other letter stays, as in `"\d"`. */
function unquote(raw: string): string {
  return raw
    .slice(1, -1)
    .replace(/\\(.)/gsu, (both, letter: string) => escapes[letter] ?? (/[\\"'`]/.test(letter) ? letter : both))
}

/** Splits a text into tokens; whatever cannot be read becomes a diagnostic and is skipped. Spaces are left out. */
export function readTokens(source: Source): { tokens: readonly Token[]; diagnostics: readonly Diagnostic[] } {
  const { text } = source
  const tokens: Token[] = []
  const diagnostics: Diagnostic[] = []
  const report = (
    span: Span,
    code: DiagnosticCode,
    message: string,
    hint: string,
    fix?: { title: string; text: string },
  ) =>
    diagnostics.push(
      createDiagnostic({
        code,
        message,
        hint,
        source,
        span,
        fixes: fix ? [{ ...fix, span: widen(text, span, fix) }] : [],
      }),
    )
  for (let at = 0; at < text.length; ) {
    if (text.charCodeAt(at) === blank) {
      at += 1
      continue
    }
    const mark = text[at]!
    if (mark === '\n' || marks.has(mark)) {
      tokens.push({ kind: mark === '\n' ? 'newline' : 'symbol', value: mark, span: { start: at, end: at + 1 } })
      at += 1
      continue
    }
    const word = readWord(text, at)
    if (word !== undefined) {
      tokens.push({ kind: 'word', value: word, span: { start: at, end: at + word.length } })
      at += word.length
      continue
    }
    scanner.lastIndex = at
    const match = scanner.exec(text)
    const raw = match?.[0] ?? String.fromCodePoint(text.codePointAt(at) ?? 0)
    const span = { start: at, end: at + raw.length }
    at = span.end
    const groups = match?.groups ?? {}
    const push = (kind: TokenKind, value: string) => tokens.push({ kind, value, span })
    if (groups.space !== undefined) continue
    if (groups.newline !== undefined) push('newline', raw)
    else if (groups.symbol !== undefined) push('symbol', raw)
    else if (groups.number !== undefined) push('number', raw)
    else if (groups.percent !== undefined)
      push('number', String(readExact(raw.slice(0, -1), -2) ?? Number(raw.slice(0, -1)) / 100))
    else if (groups.period !== undefined) push('period', raw.replace('q', 'Q'))
    else if (groups.text !== undefined) push('text', unquote(raw))
    else if (groups.name !== undefined) push('name', unquote(raw))
    else if (groups.comment !== undefined) push('comment', raw.slice(1).trim())
    else if (groups.pipe !== undefined) {
      push('break', raw)
      report(span, 'pipe', `steps are not joined by \`${raw}\``, 'Write one step a line.', {
        title: `${raw} → a new line`,
        text: '\n',
      })
    } else if (groups.fence !== undefined) {
      report(span, 'code-fence', 'a code fence is no step', 'Leave the fence out.', {
        title: 'code fence left out',
        text: '',
      })
    } else if (groups.curly !== undefined) {
      push('text', raw.slice(1, -1))
      report(span, 'curly-quotes', 'a text stands in straight quotes', 'Write `"…"`.', {
        title: 'curly quotes → "…"',
        text: `"${raw.slice(1, -1).replace(/[\\"]/g, '\\$&')}"`,
      })
    } else if (groups.open !== undefined) {
      push(raw.startsWith('`') ? 'name' : 'text', raw.slice(1))
      report(span, 'unclosed-quote', `${raw[0]} is never closed on this line`, `Close it with ${raw[0]}.`)
    } else if (diagnostics.length < 20) {
      report(span, 'unexpected-character', `${JSON.stringify(raw)} has no meaning here`, 'Put texts in double quotes.')
    }
  }
  return { tokens, diagnostics }
}

/** A pipe goes with the space around it, so that what follows starts a line. */
function widen(text: string, span: Span, fix: { text: string }): Span {
  if (fix.text !== '\n') return span
  let { start, end } = span
  while (start > 0 && /\s/.test(text[start - 1] ?? '')) start--
  while (end < text.length && /\s/.test(text[end] ?? '')) end++
  return { start, end }
}

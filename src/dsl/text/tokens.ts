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

/** What reading gives, and where it goes on. */
interface Reading {
  readonly source: Source
  readonly tokens: Token[]
  readonly diagnostics: Diagnostic[]
}

interface Complaint {
  readonly code: DiagnosticCode
  readonly message: string
  readonly hint: string
  readonly fix?: { readonly title: string; readonly text: string }
}

function report({ source, diagnostics }: Reading, span: Span, { fix, ...said }: Complaint): void {
  const fixes = fix ? [{ ...fix, span: widen(source.text, span, fix) }] : []
  diagnostics.push(createDiagnostic({ ...said, source, span, fixes }))
}

/** Splits a text into tokens; whatever cannot be read becomes a diagnostic and is skipped. Spaces are left out. */
export function readTokens(source: Source): { tokens: readonly Token[]; diagnostics: readonly Diagnostic[] } {
  const { text } = source
  const reading: Reading = { source, tokens: [], diagnostics: [] }
  const { tokens } = reading
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
    at += raw.length
    readMatch(reading, match?.groups ?? {}, raw, { start: at - raw.length, end: at })
  }
  return reading
}

/** What is neither a word nor a single mark, by the pattern that it matched; `groups` is empty where none did. */
function readMatch(reading: Reading, groups: Readonly<Record<string, string>>, raw: string, span: Span): void {
  const push = (kind: TokenKind, value: string) => reading.tokens.push({ kind, value, span })
  if (groups.space !== undefined) return
  if (groups.newline !== undefined) push('newline', raw)
  else if (groups.symbol !== undefined) push('symbol', raw)
  else if (groups.number !== undefined) push('number', raw)
  else if (groups.percent !== undefined)
    push('number', String(readExact(raw.slice(0, -1), -2) ?? Number(raw.slice(0, -1)) / 100))
  else if (groups.period !== undefined) push('period', raw.replace('q', 'Q'))
  else if (groups.text !== undefined) push('text', unquote(raw))
  else if (groups.name !== undefined) push('name', unquote(raw))
  else if (groups.comment !== undefined) push('comment', raw.slice(1).trim())
  else readMistake(reading, groups, raw, span)
}

/** What stands in no exploration, read as what was meant. */
function readMistake(reading: Reading, groups: Readonly<Record<string, string>>, raw: string, span: Span): void {
  const push = (kind: TokenKind, value: string) => reading.tokens.push({ kind, value, span })
  if (groups.pipe !== undefined) {
    push('break', raw)
    report(reading, span, {
      code: 'pipe',
      message: `steps are not joined by \`${raw}\``,
      hint: 'Write one step a line.',
      fix: { title: `${raw} → a new line`, text: '\n' },
    })
  } else if (groups.fence !== undefined) {
    report(reading, span, {
      code: 'code-fence',
      message: 'a code fence is no step',
      hint: 'Leave the fence out.',
      fix: { title: 'code fence left out', text: '' },
    })
  } else if (groups.curly !== undefined) {
    const inside = raw.slice(1, -1)
    push('text', inside)
    report(reading, span, {
      code: 'curly-quotes',
      message: 'a text stands in straight quotes',
      hint: 'Write `"…"`.',
      fix: { title: 'curly quotes → "…"', text: `"${inside.replace(/[\\"]/g, '\\$&')}"` },
    })
  } else if (groups.open !== undefined) {
    push(raw.startsWith('`') ? 'name' : 'text', raw.slice(1))
    report(reading, span, {
      code: 'unclosed-quote',
      message: `${raw[0]} is never closed on this line`,
      hint: `Close it with ${raw[0]}.`,
    })
  } else if (reading.diagnostics.length < 20) {
    report(reading, span, {
      code: 'unexpected-character',
      message: `${JSON.stringify(raw)} has no meaning here`,
      hint: 'Put texts in double quotes.',
    })
  }
}

/** A pipe goes with the space around it, so that what follows starts a line. */
function widen(text: string, span: Span, fix: { text: string }): Span {
  if (fix.text !== '\n') return span
  let { start, end } = span
  while (start > 0 && /\s/.test(text[start - 1] ?? '')) start--
  while (end < text.length && /\s/.test(text[end] ?? '')) end++
  return { start, end }
}

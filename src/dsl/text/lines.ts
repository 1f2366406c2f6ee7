import type { Span } from '../../base/diagnostic.ts'
import { isHeading } from './parse-blocks.ts'
import type { Token } from './tokens.ts'

/** One step as written: its tokens, over one or several text lines, with the comments that belong to it. */
export interface Line {
  readonly tokens: readonly Token[]
  readonly comments: readonly string[]
  readonly note: string | undefined
  readonly span: Span
}

interface Row {
  readonly tokens: Token[]
  comment: string | undefined
  indent: number
  /** Starts a step whatever its indentation: it follows a pipe. */
  readonly isBreak: boolean
}

function readRows(text: string, tokens: readonly Token[]): readonly Row[] {
  const rows: Row[] = []
  let row: Row | undefined
  const open = (isBreak: boolean) => {
    row = { tokens: [], comment: undefined, indent: -1, isBreak }
    rows.push(row)
    return row
  }
  for (const token of tokens) {
    if (token.kind === 'newline') row = undefined
    else if (token.kind === 'break') open(true)
    else {
      const current: Row = row ?? open(false)
      if (current.indent < 0) current.indent = token.span.start - (text.lastIndexOf('\n', token.span.start - 1) + 1)
      if (token.kind === 'comment') current.comment = token.value
      else current.tokens.push(token)
    }
  }
  return rows
}

/**
 * The indentation beyond which a row goes on with the step above: that of the first row, or, where every further row is
 * indented and starts with a verb (`from account` and its steps set in below it), that of these.
 */
function findBase(rows: readonly Row[], isVerb: (token: Token) => boolean): number {
  const [first, ...rest] = rows.filter(({ tokens }) => tokens.length > 0)
  if (!first) return 0
  const least = Math.min(...rest.map(({ indent }) => indent))
  const second = rest[0]?.tokens[0]
  const isFromMetric = first.tokens[1]?.value.toLowerCase() === 'metric'
  return rest.length > 0 && least > first.indent && second && isVerb(second) && !isFromMetric ? least : first.indent
}

/**
 * Under a `block` line its steps may be set in: then it is by their indentation that rows go on with the step above. Undefined where
 * they are not.
 */
function findInner(rows: readonly Row[], heading: Row, isVerb: (token: Token) => boolean): number | undefined {
  const next = rows.slice(rows.indexOf(heading) + 1).find(({ tokens }) => tokens.length > 0)
  const [verb] = next?.tokens ?? []
  return next && verb && isVerb(verb) && next.indent > heading.indent ? next.indent : undefined
}

/** Joins text lines into steps and hands each step its comments; `closing` are those after the last step. */
export function readLines(
  text: string,
  tokens: readonly Token[],
  isVerb: (token: Token) => boolean,
): { lines: readonly Line[]; closing: readonly string[] } {
  const rows = readRows(text, tokens)
  const base = findBase(rows, isVerb)
  const lines: { tokens: Token[]; comments: string[]; note: string | undefined }[] = []
  let waiting: string[] = []
  let inner: number | undefined
  for (const row of rows) {
    const { tokens: found, comment, indent, isBreak } = row
    if (found.length === 0) {
      if (comment !== undefined) waiting.push(comment)
      continue
    }
    const last = lines.at(-1)
    if (inner !== undefined && indent < inner) inner = undefined
    if (last && indent > (inner ?? base) && !isBreak) {
      last.comments.push(...waiting, ...(last.note !== undefined && comment !== undefined ? [last.note] : []))
      last.note = comment ?? last.note
      last.tokens.push(...found)
    } else {
      lines.push({ tokens: [...found], comments: waiting, note: comment })
      if (isHeading(found)) inner = findInner(rows, row, isVerb)
    }
    waiting = []
  }
  return {
    closing: waiting,
    lines: lines.map((line) => ({
      ...line,
      span: { start: line.tokens[0]?.span.start ?? 0, end: line.tokens.at(-1)?.span.end ?? 0 },
    })),
  }
}

import { createDiagnostic, type Diagnostic, isError, type Outcome, type Source } from '../../base/diagnostic.ts'
import { suggestNames } from '../../base/did-you-mean.ts'
import { findStatement } from '../foreign/select-statement.ts'
import { findVerb, isVerb, stepNames } from '../steps/index.ts'
import { dslVersion, type Header, type Step, type Tree } from '../tree/ast.ts'
import { placeNode } from '../tree/spans.ts'
import { type Cursor, createCursor, parseStop } from './cursor.ts'
import { type Line, readLines } from './lines.ts'
import { arrangeBlocks, isHeading, readHeading, startSections } from './parse-blocks.ts'
import { acceptForeignVerb, findAdvice, refuseDashes } from './parse-foreign-verbs.ts'
import { readHeaderLine } from './parse-header.ts'
import { readTokens } from './tokens.ts'

/** Longest text that is read, in UTF-16 units, and most steps. */
export const textLengthMax = 100_000
export const stepsMax = 200

/**
 * Reads an exploration. Never throws on any text: what cannot be read is a diagnostic, one a mistake, and the other steps are
 * read all the same. Words of other languages (`==`, `count(*)`, `is null`) are diagnostics that carry the fix.
 */
export function parse(text: string, sourceName = 'exploration'): Outcome<Tree> {
  const source = { name: sourceName, text }
  if (text.length > textLengthMax) return refuse(source, `has ${text.length} letters; ${textLengthMax} is the most`)
  const { tokens, diagnostics: found } = readTokens(source)
  const statement = findStatement(source, tokens)
  if (statement) return { ok: false, diagnostics: [...found, statement] }
  const { lines, closing } = readLines(text, tokens, ({ value }) => isVerb(value))
  if (lines.length > stepsMax) return refuse(source, `has ${lines.length} steps; ${stepsMax} is the most`)
  const diagnostics = [...found]
  const tree = readTree(source, lines, closing, diagnostics)
  if (tree.steps.length === 0 && diagnostics.length === 0)
    diagnostics.push(
      createDiagnostic({
        code: 'no-steps',
        message: 'an exploration starts with `from`',
        hint: 'Begin with `from` and a model, as in `from account`.',
        source,
        span: { start: 0, end: text.length },
      }),
    )
  return diagnostics.some(isError) ? { ok: false, diagnostics } : { ok: true, value: tree, diagnostics }
}

const refuse = (source: Source, problem: string): Outcome<never> => ({
  ok: false,
  diagnostics: [
    createDiagnostic({
      code: 'too-long',
      message: `the exploration ${problem}`,
      hint: 'Split it into several.',
      source,
      span: { start: 0, end: 0 },
    }),
  ],
})

function readTree(source: Source, lines: readonly Line[], closing: readonly string[], diagnostics: Diagnostic[]): Tree {
  let header: Header = {}
  const sections = startSections()
  const above: string[] = []
  for (const line of lines) {
    const cursor = createCursor(source, line, diagnostics)
    try {
      const more = sections.hasSteps() ? undefined : readHeaderLine(cursor, header)
      if (isHeading(line.tokens)) sections.addHeading(comment(readHeading(cursor), line))
      else if (more) {
        header = expectEnd(cursor, more)
        above.push(...line.comments, ...(line.note === undefined ? [] : [line.note]))
      } else for (const step of readSteps(cursor)) sections.addStep(comment(step, line))
    } catch (error) {
      if (error !== parseStop) throw error
    }
  }
  return Object.freeze({
    dsl: dslVersion,
    header: Object.freeze(header),
    ...arrangeBlocks(sections.sections, source, diagnostics),
    ...(above.length > 0 ? { comments: Object.freeze(above) } : {}),
    ...(closing.length > 0 ? { closing: Object.freeze([...closing]) } : {}),
  })
}

const comment = <T extends object>(node: T, { comments, note, span }: Line): T =>
  placeNode({ ...node, ...(comments.length > 0 ? { comments } : {}), ...(note === undefined ? {} : { note }) }, span)

function readSteps(cursor: Cursor): readonly Step[] {
  if (acceptForeignVerb(cursor)) return []
  const verb = findVerb(cursor) ?? refuseVerb(cursor)
  const step = verb.parse(cursor)
  return [expectEnd(cursor, step)]
}

function refuseVerb(cursor: Cursor): never {
  const token = cursor.peek()
  const word = token?.value ?? ''
  refuseDashes(cursor)
  const said = token?.kind === 'word' ? findAdvice(word) : undefined
  if (said !== undefined)
    return cursor.stop({ code: 'foreign-words', message: `there is no step \`${word}\``, hint: said })
  const candidates = token?.kind === 'word' ? suggestNames(word, stepNames) : []
  return cursor.stop({
    code: 'unknown-step',
    message: token?.kind === 'word' ? `there is no step \`${word}\`` : 'a step starts with its verb',
    hint: `A line starts with one of ${stepNames.map((name) => `\`${name}\``).join(', ')}; a step that goes on over several lines is indented.`,
    candidates,
  })
}

function expectEnd<T>(cursor: Cursor, value: T): T {
  const semicolon = cursor.peek()?.span
  if (semicolon && cursor.acceptSymbol(';', ',') && cursor.isAtEnd()) {
    cursor.report({
      code: 'trailing-mark',
      message: 'nothing follows the step',
      hint: 'End a step with the end of its line.',
      span: semicolon,
      fixes: [{ title: 'mark at the end of the line left out', span: semicolon, text: '' }],
    })
    return value
  }
  return cursor.isAtEnd() ? value : cursor.expected('the end of the step', 'Each step stands on a line of its own.')
}

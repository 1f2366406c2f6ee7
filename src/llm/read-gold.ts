import { createDiagnostic, type Diagnostic, type Outcome, type Source } from '../base/diagnostic.ts'

/** A question with what is right: explorations that are accepted, or why it cannot be answered. */
export interface GoldQuestion {
  readonly question: string
  /** 1-based line of its heading. */
  readonly line: number
  readonly catalog: string | undefined
  readonly tags: readonly string[]
  /** `YYYY-MM-DD`: the day that counts as today. */
  readonly asOf: string | undefined
  /** Any of them is right. */
  readonly variants: readonly string[]
  readonly cannotAnswer: string | undefined
}

interface Section {
  readonly heading: string
  readonly line: number
  readonly start: number
  readonly body: string
}

/** Sections of `##` headings; a `##` inside a fenced block is text. */
function splitSections(text: string): readonly Section[] {
  const sections: { heading: string; line: number; start: number; lines: string[] }[] = []
  let isFenced = false
  let offset = 0
  for (const [at, line] of text.split('\n').entries()) {
    if (/^```/.test(line)) isFenced = !isFenced
    const heading = isFenced ? undefined : /^## +(.*\S)\s*$/.exec(line)?.[1]
    if (heading) sections.push({ heading, line: at + 1, start: offset, lines: [] })
    else sections.at(-1)?.lines.push(line)
    offset += line.length + 1
  }
  return sections.map(({ lines, ...section }) => ({ ...section, body: lines.join('\n') }))
}

function readBlocks(body: string, kind: string): readonly string[] {
  const pattern = new RegExp(`^\`\`\`${kind}[ \\t]*\\n([\\s\\S]*?)^\`\`\`[ \\t]*$`, 'gm')
  return [...body.matchAll(pattern)].map(([, text]) => text?.trimEnd() ?? '')
}

const readLine = (body: string, name: string): string | undefined =>
  new RegExp(`^${name}:[ \\t]*(.*\\S)`, 'm').exec(body.split('```')[0] ?? '')?.[1]

/** Reads a gold or training file: a `##` heading is the question, `hunch` blocks are right, a `cannot_answer` block holds a reason. */
export function readGold(source: Source): Outcome<readonly GoldQuestion[]> {
  const diagnostics: Diagnostic[] = []
  const questions = splitSections(source.text).map(({ heading, line, start, body }): GoldQuestion => {
    const variants = readBlocks(body, 'hunch')
    const [cannotAnswer] = readBlocks(body, 'cannot_answer')
    if ((variants.length === 0) === (cannotAnswer === undefined))
      diagnostics.push(
        createDiagnostic({
          code: 'gold-without-answer',
          message: `the question \`${heading}\` has ${variants.length === 0 ? 'no answer' : 'an answer and a refusal'}`,
          hint: 'Write `hunch` blocks, or one `cannot_answer` block, below the heading.',
          source,
          span: { start, end: start + heading.length + 3 },
        }),
      )
    return {
      question: heading,
      line,
      catalog: readLine(body, 'catalog'),
      tags: (readLine(body, 'tags') ?? '').split(/\s*,\s*/).filter((tag) => tag !== ''),
      asOf: readLine(body, 'as of'),
      variants,
      cannotAnswer,
    }
  })
  return diagnostics.length > 0 ? { ok: false, diagnostics } : { ok: true, value: questions, diagnostics }
}

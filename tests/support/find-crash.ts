import { planExploration } from '../../src/dsl/plan/plan-exploration.ts'
import { languageContext } from '../fixtures/language-catalog.ts'

/**
 * What is wrong with how the compiler takes a text: it throws, or a place that it names lies outside of the text that was given
 * or mended. Undefined when all is well.
 */
export function findCrash(text: string): string | undefined {
  try {
    const outcome = planExploration(text, languageContext)
    if (!outcome.ok && outcome.diagnostics.length === 0) return 'refused without a reason'
    for (const { span, source, message, fixes } of outcome.diagnostics) {
      const length = source?.text.length ?? 0
      for (const { start, end } of [...(span ? [span] : []), ...fixes.map((fix) => fix.span)])
        if (!(start >= 0 && start <= end && end <= length)) return `${message}: ${start} to ${end} of ${length}`
      if (/\n/.test(message)) return `a message of several lines: ${message}`
    }
    return undefined
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

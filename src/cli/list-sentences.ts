import type { StepView } from '../dsl/exploration.ts'

/** Steps as numbered sentences, under the names of their blocks where there are several. */
export function listSentences(steps: readonly StepView[]): readonly string[] {
  const isDivided = new Set(steps.map(({ block }) => block)).size > 1
  return steps.flatMap(({ sentence, block }, at) => [
    ...(isDivided && (at === 0 || block !== steps[at - 1]?.block) ? [`${block ?? 'The result'}:`] : []),
    `${at + 1}. ${sentence}`,
  ])
}

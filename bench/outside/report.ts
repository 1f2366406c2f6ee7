import type { Judgement } from './judge.ts'

const isSame = ({ best }: Judgement, instance: string) =>
  best?.outcomes.some((one) => one.instance === instance && one.difference === undefined) ?? false

export const isMiss = (judgement: Judgement): boolean =>
  !judgement.best || judgement.best.outcomes.some(({ difference }) => difference !== undefined)

/** One line an instance: how many questions have the same rows, and for how many of them there are rows to compare. */
export function reportSet(set: string, judgements: readonly Judgement[], instances: readonly string[]): string {
  const all = judgements.length
  const percent = (count: number) => `${((100 * count) / Math.max(1, all)).toFixed(1)}%`
  const lines = instances.map((instance) => {
    const same = judgements.filter((one) => isSame(one, instance))
    const withRows = same.filter(({ best }) => best?.outcomes.some((one) => one.instance === instance && one.rows > 0))
    return `  ${instance.padEnd(14)} ${String(same.length).padStart(4)} of ${all}  ${percent(same.length).padStart(6)}   ${withRows.length} with rows`
  })
  const everywhere = judgements.filter((one) => !isMiss(one)).length
  return [
    set,
    ...lines,
    `  ${'everywhere'.padEnd(14)} ${String(everywhere).padStart(4)} of ${all}  ${percent(everywhere).padStart(6)}`,
  ].join('\n')
}

/** A miss with the difference on the first instance where there is one. */
export function reportMiss({ question, best, note }: Judgement): string {
  const start = `${question.database} ${question.id}`
  if (!best) return `${start}: not written${note === undefined ? '' : `: ${note}`}`
  const failed = best.outcomes.filter(({ difference }) => difference !== undefined)
  return `${start}: differs on ${failed.map(({ instance }) => instance).join(', ')}: ${failed[0]?.difference}`
}

import type { Judgement } from './judge.ts'

const findOutcome = ({ best }: Judgement, instance: string) => best?.outcomes.find((one) => one.instance === instance)
const isSame = (judgement: Judgement, instance: string) => {
  const outcome = findOutcome(judgement, instance)
  return outcome !== undefined && outcome.difference === undefined && outcome.fault === undefined
}

/** Not written, another answer on some instance, or gold that cannot even be run on the data as shipped. */
export const isMiss = ({ best }: Judgement): boolean =>
  !best || best.outcomes[0]?.fault !== undefined || best.outcomes.some(({ difference }) => difference !== undefined)

/** One line an instance: how many questions have the same rows, and for how many of them there are rows to compare. */
export function reportSet(set: string, judgements: readonly Judgement[], instances: readonly string[]): string {
  const whole = judgements.length
  const lines = instances.map((instance) => {
    const all = whole - judgements.filter((one) => findOutcome(one, instance)?.fault !== undefined).length
    const same = judgements.filter((one) => isSame(one, instance))
    const withRows = same.filter((one) => (findOutcome(one, instance)?.rows ?? 0) > 0).length
    return writeLine(instance, same.length, all, `${withRows} with rows`)
  })
  return [set, ...lines, writeLine('everywhere', judgements.filter((one) => !isMiss(one)).length, whole)].join('\n')
}

function writeLine(instance: string, same: number, of: number, more = ''): string {
  const percent = `${((100 * same) / Math.max(1, of)).toFixed(1)}%`
  return `  ${instance.padEnd(14)} ${String(same).padStart(4)} of ${String(of).padEnd(4)} ${percent.padStart(6)}   ${more}`.trimEnd()
}

/** A miss with the difference on the first instance where there is one. */
export function reportMiss({ question, best, note }: Judgement): string {
  const start = `${question.database} ${question.id}`
  if (!best) return `${start}: not written${note === undefined ? '' : `: ${note}`}`
  const [shipped] = best.outcomes
  if (shipped?.fault !== undefined) return `${start}: gold cannot be run on the data as shipped: ${shipped.fault}`
  const failed = best.outcomes.filter(({ difference }) => difference !== undefined)
  return `${start}: differs on ${failed.map(({ instance }) => instance).join(', ')}: ${failed[0]?.difference}`
}

/** Instances on which gold itself fails, as a subquery for one row that finds two. */
export function reportFaults({ question, best }: Judgement): readonly string[] {
  const faults = best?.outcomes.filter(({ fault }) => fault !== undefined) ?? []
  if (faults.length === 0) return []
  return [
    `${question.database} ${question.id}: gold fails on ${faults.map(({ instance }) => instance).join(', ')}: ${faults[0]?.fault}`,
  ]
}

/** How many wrong neighbours of gold the rows do not tell from it; undefined where none were tried. */
export function reportSurvival(judgements: readonly Judgement[]): string | undefined {
  const all = judgements.flatMap(({ survival }) => survival ?? [])
  if (all.length === 0) return undefined
  const add = (key: 'mutants' | 'shipped' | 'everywhere') => all.reduce((sum, one) => sum + one[key], 0)
  const percent = (count: number) => `${((100 * count) / Math.max(1, add('mutants'))).toFixed(0)}%`
  return `  of ${add('mutants')} wrong neighbours of gold, ${percent(add('shipped'))} give the same rows on the data as shipped, ${percent(add('everywhere'))} on all instances`
}

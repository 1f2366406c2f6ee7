import { learnRuns, meanStickiness, type RunLaw } from './run-law.ts'
import type { Sample } from './sample.ts'
import { type Run, weighRuns } from './weigh-run.ts'

/** Periods before a run that say what is usual. */
const historyMin = 14
/** Standard deviations by which the later part of a history differs before it is believed over the whole: to ease, and to warn. */
const fewerMin = 4
const moreMin = 1.5
/** Fewest periods that are looked at by themselves. */
const stretchMin = 28

/** The least likely run of a kind, and the law under which it is likeliest. */
export interface JudgedRun {
  readonly run: Run
  readonly law: RunLaw
}

/**
 * Laws that a run must be unlikely under: that of the whole history, or of its second half where it happened less often there; and of shorter
 * stretches before the run where it happened more often, lest a slow fall is taken for a drought.
 */
function learnLaws(happens: Uint8Array, { phase, season }: Sample, history: number): readonly RunLaw[] {
  const share = ({ happened, seen }: RunLaw) => happened / seen
  let first = learnRuns(happens, phase, season, 0, history)
  const shorter: RunLaw[] = []
  if (first.happened === 0) return [first]
  for (let length = history >> 1; length >= Math.max(stretchMin, 2 * season); length >>= 1) {
    const law = learnRuns(happens, phase, season, history - length, history)
    const before = first.seen - length
    const usual = share(first)
    const sticky = meanStickiness(first)
    const error = Math.sqrt(usual * (1 - usual) * (1 / length + 1 / before) * ((1 + sticky) / (1 - sticky)))
    const moved = share(law) - (first.happened - law.happened) / before
    if (-moved > fewerMin * error) first = law
    else if (moved > moreMin * error) shorter.push(law)
  }
  return [first, ...shorter.filter((law) => law.seen < first.seen && share(law) > share(first))]
}

/**
 * Prepares to judge the runs of `happens` that reach into [start, end of the sample): what it returns takes the least chance of each
 * point (0 where unknown) and gives the least likely run, if there is one and enough came before it.
 */
export function judgeRuns(
  sample: Sample,
  happens: Uint8Array,
  start: number,
): (least: Float64Array) => JudgedRun | undefined {
  let history = start
  while (history > 0 && happens[history] === 1 && happens[history - 1] === 1) history--
  if (history < historyMin || !happens.includes(1, start)) return () => undefined
  const laws = learnLaws(happens, sample, history)
  return (least) => {
    let worst: JudgedRun | undefined
    for (const law of laws) {
      const run = weighRuns(happens, start, law, sample.phase, least)
      if (run && (!worst || run.pValue > worst.run.pValue)) worst = { run, law }
    }
    return worst
  }
}

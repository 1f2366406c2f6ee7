/** The chance, by any one measure, at which an alarm starts: one in a hundred stretches in which nothing happens. */
const alarmChance = 0.01
/** Points that must be calm before the same thing is told again. */
const calmPoints = 64
/** How many times less likely than all of its episode so far a point must be to be told again at once. */
const worsening = 10
/** The most a point can score that belongs to what was already told. */
const toldScore = 0.49

/** ½ at `alarmChance`, 1 at its square, 0 where nothing is unusual. */
const scoreOf = (chance: number): number => Math.min(1, Math.max(0, Math.log(chance) / Math.log(alarmChance) / 2))

/**
 * Scores of points, in 0..1, so that each episode is told once: a score of at least ½ is the start of an alarm. An episode lasts until
 * `calmPoints` in a row were usual; its later points score at most `toldScore`, unless they are `worsening` times less likely than
 * any of it so far. Missing values (`isMissing`) are never an alarm.
 */
export function tellAlarms(chance: Float64Array, isMissing: (at: number) => boolean): Float64Array {
  const score = new Float64Array(chance.length)
  let [least, lastUnusual] = [1, -Infinity]
  for (let at = 0; at < chance.length; at++) {
    score[at] = scoreOf(chance[at]!)
    if (chance[at]! > alarmChance || isMissing(at)) {
      score[at] = Math.min(score[at]!, toldScore)
      continue
    }
    const isNew = at - lastUnusual > calmPoints
    if (!isNew && chance[at]! * worsening > least) score[at] = Math.min(score[at]!, toldScore)
    least = isNew ? chance[at]! : Math.min(least, chance[at]!)
    lastUnusual = at
  }
  return score
}

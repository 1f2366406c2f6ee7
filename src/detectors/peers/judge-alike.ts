import { normal } from '../../stats/normal.ts'
import { studentT } from '../../stats/student-t.ts'
import type { JudgedMember } from './judge-members.ts'
import type { Members } from './members.ts'
import { scoreMember } from './score-member.ts'

/** Half an event, so that none at all can be put on a log scale. */
const half = 0.5

/** The common position of all members but one, where their rows are all that sets them apart, with its variance. */
function poolOthers({ count, tails, value, weight, variance }: Members, without: number) {
  let [sum, total, precision, positions] = [0, 0, 0, 0]
  for (let k = 0; k < count; k++) {
    if (k === without) continue
    sum += value[k]!
    total += weight[k]!
    const share = 1 / Math.max(Number.isNaN(variance[k]!) ? 1 : variance[k]!, 1e-300)
    precision += share
    positions += share * value[k]!
  }
  if (tails === 'counted') return { center: Math.log((sum + half) / total), centerVariance: 1 / (sum + half) }
  if (tails === 'measured') return { center: positions / precision, centerVariance: 1 / precision }
  const [hits, misses] = [sum + half, total - sum + half]
  return { center: Math.log(hits / misses), centerVariance: 1 / hits + 1 / misses }
}

/**
 * A member against all others taken as one: the classical funnel plot, whose limits come from rows alone. It says that the member
 * differs, not that it differs more than members do.
 */
export function judgeAlike(members: Members, at: number): JudgedMember {
  const peers = { count: members.count - 1, ...poolOthers(members, at), between: 0, ofRow: 0 }
  const score = scoreMember(members, at, peers)
  const distance = Math.abs(score)
  const tail =
    members.tails === 'measured'
      ? studentT.upperTail(distance, Math.max(1, members.freedom))
      : normal.upperTail(distance)
  return { at, score, pValue: Math.min(1, 2 * tail), peers }
}

import { createRandom } from '../../stats/random.ts'
import { calmGoals } from '../simulation/calm-goals.ts'
import { defineExamples } from './example.ts'

const drawGoal = (seed: number, share: number) => {
  const goal = calmGoals.plain!(createRandom(seed))
  return { ...goal, target: Math.round(goal.target * share) }
}

export const paceExamples = defineExamples({
  detector: 'pace',
  shape: 'goal',
  hit: {
    title: 'Half of the quarter is over, and at this pace a third of the goal will be missing.',
    data: () => drawGoal(17, 1.5),
  },
  calm: {
    title: 'A goal that will be met: what came and what comes add up to it.',
    data: () => drawGoal(18, 1),
  },
})

import type { Strata } from '../shapes.ts'
import { defineExamples } from './example.ts'

const names = { exposed: 'called by sales', unexposed: 'self-service', outcome: 'renewed' }

/** Rows of exposed and unexposed: with the outcome, of all. */
const build = (rows: readonly (readonly [string, number, number, number, number])[]): Strata => ({
  names,
  strata: rows.map(([label, exposedWith, exposed, otherWith, others]) => ({
    label,
    exposed: { entered: exposed, converted: exposedWith },
    unexposed: { entered: others, converted: otherWith },
  })),
})

export const reversalExamples = defineExamples({
  detector: 'reversal',
  shape: 'strata',
  hit: {
    title: 'Accounts that sales called renew less often, and more often in each size: sales call the small ones.',
    data: () =>
      build([
        ['small', 240, 600, 20, 100],
        ['medium', 90, 150, 110, 260],
        ['large', 55, 60, 480, 640],
      ]),
  },
  calm: {
    title: 'Over all self-service is ahead, within sizes nobody is: gone, but not turned around.',
    data: () =>
      build([
        ['small', 62, 300, 19, 90],
        ['large', 72, 90, 250, 310],
      ]),
  },
})

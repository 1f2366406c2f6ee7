import { type Day, daysBetween } from '../base/periods.ts'
import {
  germanCardFailureRate,
  integrationDelay,
  type PlantedEvent,
  paidSearchShare,
  plantedEvents,
  startOfPlanted,
} from './planted-events.ts'
import { createTimeline, type Timeline } from './timeline.ts'

/** What all parts of one sample share. */
export interface Plot {
  readonly seed: number
  readonly timeline: Timeline
  /** What the planted events change, by day; nothing when none is planted. */
  readonly planted: {
    readonly signupFactor: (day: number) => number
    /** Undefined where nothing happened. */
    readonly germanCardFailureRate: (day: number) => number | undefined
    readonly integrationDelay: (day: number) => number
  }
}

export function createPlot(seed: number, until: Day, isPlanted: boolean): Plot {
  const timeline = createTimeline(until)
  const hasBegun = (event: PlantedEvent) => {
    const start = daysBetween(timeline.firstDay, startOfPlanted(event, until))
    return (day: number) => isPlanted && day >= start
  }
  const [signups, payments, answers] = [
    hasBegun(plantedEvents.signups),
    hasBegun(plantedEvents.payments),
    hasBegun(plantedEvents.answers),
  ]
  return {
    seed,
    timeline,
    planted: {
      signupFactor: (day) => (signups(day) ? paidSearchShare : 1),
      germanCardFailureRate: (day) => (payments(day) ? germanCardFailureRate : undefined),
      integrationDelay: (day) => (answers(day) ? integrationDelay : 1),
    },
  }
}

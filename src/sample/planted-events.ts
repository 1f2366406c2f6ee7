import { addPeriods, type Day } from '../base/periods.ts'

/** Something that really happened in the sample company, for the engine to find. */
export interface PlantedEvent {
  readonly name: string
  /** Metric and slice of `examples/saas` in which it shows. */
  readonly metric: string
  readonly slice: Readonly<Record<string, string>>
  /** Whole days that it has lasted when the data ends; the partial last day comes on top. */
  readonly days: number
  readonly story: string
}

/** Signups from paid search fall to this share. */
export const paidSearchShare = 0.4
/** Chance that a German card is refused, instead of 4%. */
export const germanCardFailureRate = 0.26
/** Factor on the time until the first answer to a question about integrations. */
export const integrationDelay = 2

export const plantedEvents = {
  signups: {
    name: 'paid search breaks',
    metric: 'signups',
    slice: { source: 'paid_search' },
    days: 24,
    story: 'A landing page lost its form: signups from paid search fall by 60% and stay there.',
  },
  payments: {
    name: 'German cards are refused',
    metric: 'payment_failure_rate',
    slice: { 'account.country': 'DE', method: 'card' },
    days: 17,
    story:
      'A bank asks for a second factor that the checkout does not offer: of German card payments 26% fail instead of 4%.',
  },
  answers: {
    name: 'integration questions wait',
    metric: 'response_time',
    slice: { category: 'integration' },
    days: 28,
    story: 'The one engineer who knew the integrations left: first answers about them take twice as long.',
  },
} as const satisfies Readonly<Record<string, PlantedEvent>>

/** First day of a planted event, in a sample whose last, partial day is `until`. */
export const startOfPlanted = (event: PlantedEvent, until: Day): Day => addPeriods(until, -event.days, 'day')

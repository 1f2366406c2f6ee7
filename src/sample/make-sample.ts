import type { Day } from '../base/periods.ts'
import type { TableBlock } from '../base/table-block.ts'
import { toAccountTable } from './account-table.ts'
import { makeAccounts } from './make-accounts.ts'
import { makeBilling } from './make-billing.ts'
import { makeEvents } from './make-events.ts'
import { makeTickets } from './make-tickets.ts'
import { makeUsers } from './make-users.ts'
import { createPlot } from './plot.ts'

export interface SampleOptions {
  readonly seed?: number
  /** The last day, of which only the morning is there. */
  readonly until?: Day
  /** Whether the planted events happened; without them nothing did. */
  readonly planted?: boolean
}

/** What `hunch demo` shows. The last whole day is the one before. */
export const sampleUntil: Day = '2026-10-01'
export const sampleSeed = 2

/**
 * The sample company: a subscription business with accounts, users, subscriptions, invoices, product events and tickets; 18
 * months and about a million events. The same options give the same rows. What was planted is in `planted-events.ts`.
 */
export function makeSample({
  seed = 1,
  until = sampleUntil,
  planted = true,
}: SampleOptions = {}): readonly TableBlock[] {
  const plot = createPlot(seed, until, planted)
  const accounts = makeAccounts(plot)
  const users = makeUsers(accounts, plot)
  return [
    toAccountTable(accounts, seed),
    users.table,
    ...makeBilling(accounts, plot),
    makeEvents(accounts, users, plot),
    makeTickets(accounts, plot),
  ]
}

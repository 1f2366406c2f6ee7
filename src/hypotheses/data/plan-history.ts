/** A kind of question about one metric cut by one set of fields: what a plan knows priors of. */
export interface Cell {
  readonly template: string
  readonly model: string
  readonly metric: string
  /** As `nameFields` writes them. */
  readonly fields: string
}

/** In how many cycles a cell was tested, and in how many of those a finding came of it. */
export interface Trial extends Cell {
  readonly cycles: number
  readonly told: number
}

/** What a reader said of a finding or did with it, as a vote for more of its kind (above 0) or less. */
export interface Vote {
  /** Name of the detector. */
  readonly kind: string
  readonly model: string
  readonly metric: string
  readonly fields: string
  readonly votes: number
}

/** How a scan went in earlier cycles. */
export interface AskedScan {
  readonly model: string
  readonly time: string
  readonly dimensions: readonly string[]
  /** Cycles since it was last run, 1 for the one before; absent: it never was, as far back as is looked. */
  readonly cyclesAgo: number | undefined
  /** Milliseconds of warehouse and tests when it was last run. */
  readonly ms: number | undefined
}

/** What earlier cycles of a workspace leave to the plan of the next one. */
export interface PlanHistory {
  readonly trials: readonly Trial[]
  readonly votes: readonly Vote[]
  readonly asked: readonly AskedScan[]
}

export const noHistory: PlanHistory = { trials: [], votes: [], asked: [] }

/** A set of fields as a key: their order does not matter. */
export const nameFields = (fields: readonly string[]): string => JSON.stringify([...fields].sort())

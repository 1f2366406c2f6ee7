import type { Log } from '../base/log.ts'
import type { Calendar } from '../base/periods.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { PlanBudget } from '../hypotheses/series/purse.ts'
import type { LanguageModel } from '../llm/language-model.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Database } from '../store/database.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import type { AuthoredHypotheses } from './plan/read-hypotheses.ts'

/** How far long work has come. `done` and `total` count `unit`. */
export interface Progress {
  readonly phase: string
  readonly done: number
  readonly total: number
  readonly unit: string
}

export interface Team {
  readonly name: string
  /** Cron expression in the workspace's time zone. */
  readonly digest: string
  readonly members: readonly string[]
  /** Metric names; empty follows all. */
  readonly follows: readonly string[]
}

/** All that a journey may touch. Made by `openApp`, by hand in tests. */
export interface EngineContext {
  readonly workspace: string
  readonly catalog: Catalog
  readonly calendar: Calendar
  readonly warehouse: Warehouse
  readonly database: Database
  readonly engine: {
    /** False-discovery rate that is promised, 0..1. */
    readonly fdr: number
    readonly budget: PlanBudget
    /** Findings shown in a digest. */
    readonly shown: number
  }
  /** The team's own questions; absent: none. */
  readonly authored?: AuthoredHypotheses
  readonly teams: readonly Team[]
  readonly mailer: Mailer
  readonly mailFrom: string
  /** Absent when no `llm` is configured. */
  readonly model: LanguageModel | undefined
  /** Base of the pages' addresses, without a slash at the end. */
  readonly webUrl: string
  readonly now: () => number
  readonly report: (progress: Progress) => void
  readonly log: Log
}

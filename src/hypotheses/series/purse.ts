import { formatBytes } from '../../base/format.ts'
import type { ScanDraft } from './draft-scans.ts'

/** What a plan may spend. */
export interface PlanBudget {
  readonly hypotheses: number
  /** Of scans as they took in earlier cycles. */
  readonly seconds: number
  /** That scans read, as `PlanInput.readBytes` estimates them; absent: as many as they like. */
  readonly bytes?: number | undefined
}

/** What a scan takes. */
export interface ScanCost {
  readonly ms: number
  readonly bytes: number
}

export interface Purse {
  readonly taken: readonly ScanDraft[]
  readonly hasRoom: (drafts: readonly ScanDraft[]) => boolean
  readonly isHalfSpent: () => boolean
  /** Pays for those that are not taken yet, all or none. */
  readonly take: (drafts: readonly ScanDraft[]) => void
  /** What there is no room for, in words. */
  readonly sayLack: (drafts: readonly ScanDraft[]) => string
}

export const sayBytesLack = (bytes: number): string =>
  `the budget of ${formatBytes(bytes)} read is used up, as estimated from tables and columns`

/** A purse of `budget` for scans at `costs`. */
export function openPurse(budget: PlanBudget, costs: ReadonlyMap<ScanDraft, ScanCost>): Purse {
  const { hypotheses, seconds, bytes = Number.POSITIVE_INFINITY } = budget
  const taken: ScanDraft[] = []
  let spent = { hypotheses: 0, ms: 0, bytes: 0 }
  const add = (drafts: readonly ScanDraft[]) => {
    const fresh = drafts.filter((draft) => !taken.includes(draft))
    const sum = (of: (draft: ScanDraft) => number) => fresh.reduce((all, draft) => all + of(draft), 0)
    return {
      fresh,
      hypotheses: spent.hypotheses + sum((draft) => draft.hypotheses),
      ms: spent.ms + sum((draft) => costs.get(draft)?.ms ?? 0),
      bytes: spent.bytes + sum((draft) => costs.get(draft)?.bytes ?? 0),
    }
  }
  const hasRoom = (drafts: readonly ScanDraft[]) => {
    const sum = add(drafts)
    return sum.hypotheses <= hypotheses && sum.ms <= seconds * 1000 && sum.bytes <= bytes
  }
  return {
    taken,
    hasRoom,
    isHalfSpent: () => spent.hypotheses >= hypotheses / 2 || spent.ms >= seconds * 500 || spent.bytes >= bytes / 2,
    take: (drafts) => {
      if (!hasRoom(drafts)) return
      const { fresh, ...sum } = add(drafts)
      taken.push(...fresh)
      spent = sum
    },
    sayLack: (drafts) => {
      const sum = add(drafts)
      if (sum.hypotheses > hypotheses)
        return `the budget of ${hypotheses} hypotheses is used up (\`engine.budget.hypotheses\`)`
      if (sum.ms > seconds * 1000) return `the budget of ${seconds} seconds is used up, as measured in earlier cycles`
      return sayBytesLack(bytes)
    },
  }
}

import type { Driver } from './find-drivers.ts'
import type { Mix } from './split-mix.ts'
import type { Accounts } from './weigh-accounts.ts'

/** Where a movement lies. */
export interface Explanation {
  /** Slices that explain it, with their share of it (0..1), largest first. */
  readonly drivers: readonly (Driver & { readonly label: string })[]
  /** Of a ratio or mean: how much of the change lies within the values of a field, and how much in their mix. */
  readonly mix?: Mix & { readonly fieldLabel: string; readonly valueLabel: string }
  /** The accounts behind its rows; `path` leads to their key. */
  readonly accounts?: Accounts & { readonly path: string }
}

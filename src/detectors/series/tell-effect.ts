import type { Effect } from '../detector.ts'
import { halfWidth } from './draw-band.ts'
import type { Link } from './sample.ts'

const words: Readonly<Record<Link, string>> = { log: 'ratio', logit: 'odds ratio', identity: 'difference' }

/** A change of the linear predictor by `change` ± 1.96 `error` as readers know it; `than` says of what: `to expected`, `from the old trend`. */
export function tellChange(link: Link, change: number, error: number, than: string): Effect {
  const tell = (x: number) => (link === 'identity' ? x : Math.exp(x))
  const half = halfWidth * error
  return {
    measure: `${words[link]} ${than}`,
    value: tell(change),
    low: tell(change - half),
    high: tell(change + half),
  }
}

interface Judged {
  readonly observed: number
  readonly expected: number
  readonly low: number
  readonly high: number
}

/** How far a value is from what was expected, which is known up to the range it lies in. */
export const tellDistance = ({ observed, expected, low, high }: Judged): Effect => ({
  measure: 'difference from expected',
  value: observed - expected,
  low: observed - high,
  high: observed - low,
})

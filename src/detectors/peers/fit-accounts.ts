import type { AccountCounts } from '../shapes.ts'

/** Counts with their forecasts, one entry a forecast. */
export interface Forecasts {
  readonly count: Float64Array
  readonly expected: Float64Array
  /** Dispersion (variance beyond Poisson's over mean²) of the forecast. */
  readonly dispersion: Float64Array
}

/** Accounts in windows as long as the recent part, the last of which is the recent one. */
export interface FittedAccounts extends Forecasts {
  /** Accounts that can be judged: index among all. */
  readonly place: Int32Array
  /** Of each: events in its history, windows of history, and the exposure of these windows (sum of what all accounts share). */
  readonly events: Float64Array
  readonly windows: Int32Array
  readonly exposure: Float64Array
  /** Each window of each account's history, as its other windows let expect it. */
  readonly past: Forecasts
  /** What all accounts did in the recent window against their windows before. */
  readonly common: number
  /** Accounts too young to judge, and those without an event ever. */
  readonly young: number
  readonly dormant: number
}

/** History counts so many windows back at most: older ways say little about today. */
const windowsMax = 8
/** Fewest windows of an account's own history. */
export const windowsMin = 3
const rounds = 8
const clipAt = 2.5
/** A few events before anything is seen keep the level of an account that never did anything above nothing (Jeffreys). */
const priorEvents = 0.5
/** An account's own dispersion counts as much as that of all when it is known from so many windows. */
const priorWindows = 4

/** `counts[account][window]`, NaN before an account's first whole window. Oldest first. */
function addWindows({ counts, recent }: AccountCounts): readonly Float64Array[] {
  const length = counts[0]?.length ?? 0
  const windows = Math.min(Math.floor(length / recent), windowsMax + 1)
  const start = length - windows * recent
  return counts.map((ofAccount) => {
    const sums = new Float64Array(windows)
    for (let at = start; at < length; at++) {
      const window = Math.floor((at - start) / recent)
      sums[window] = sums[window]! + ofAccount[at]!
    }
    return sums
  })
}

/** What an account did in its history: places of windows that count, events in them. */
function readHistory(sums: Float64Array): { readonly from: number; readonly events: number } {
  const last = sums.length - 1
  let from = last
  while (from > 0 && Number.isFinite(sums[from - 1])) from--
  let events = 0
  for (let window = from; window < last; window++) events += sums[window]!
  return { from, events }
}

interface Levels {
  readonly sums: readonly Float64Array[]
  readonly from: Int32Array
  /** Per unit of what all share. */
  readonly level: Float64Array
  readonly own: Float64Array
  /** What all accounts share in each window. */
  readonly shared: Float64Array
}

/** Each account's level: events over the shared exposure of its history. */
function fitLevels({ sums, from, level, shared }: Levels): void {
  sums.forEach((ofAccount, k) => {
    let [events, exposure] = [0, 0]
    for (let window = from[k]!; window < shared.length - 1; window++) {
      events += ofAccount[window]!
      exposure += shared[window]!
    }
    level[k] = exposure > 0 ? events / exposure : 0
  })
}

/** What all accounts share in each window: one step of Fisher scoring with clipped residuals, so that no large account speaks for all. */
function fitShared({ sums, from, level, own, shared }: Levels): void {
  for (let window = 0; window < shared.length; window++) {
    let [score, information] = [0, 0]
    sums.forEach((ofAccount, k) => {
      if (window < from[k]! || !(level[k]! > 0)) return
      const mean = level[k]! * shared[window]!
      const deviation = Math.sqrt(mean + own[k]! * mean * mean)
      const upper = Math.max(clipAt, 3 / deviation)
      const residual = Math.max(-clipAt, Math.min(upper, (ofAccount[window]! - mean) / deviation))
      score += (residual * mean) / deviation
      information += (mean / deviation) ** 2
    })
    if (information > 0) shared[window] = shared[window]! * Math.exp(Math.max(-1, Math.min(1, score / information)))
  }
}

/** Dispersion of each account between its windows by moments, moderated by that of all. */
function fitDispersion({ sums, from, level, own, shared }: Levels): void {
  const last = shared.length - 1
  const raw = new Float64Array(sums.length)
  const windows = new Float64Array(sums.length)
  let [total, weight] = [0, 0]
  sums.forEach((ofAccount, k) => {
    let [excess, squares] = [0, 0]
    const count = last - from[k]!
    for (let window = from[k]!; window < last; window++) {
      const mean = level[k]! * shared[window]!
      excess += ((ofAccount[window]! - mean) ** 2 * count) / Math.max(1, count - 1) - mean
      squares += mean * mean
    }
    if (count < 2 || !(squares > 0)) return
    raw[k] = excess / squares
    // how much its few events say about dispersion: 1 − Poisson's share of the variance
    const said = (count - 1) * Math.min(1, squares / count)
    windows[k] = said
    total += said * Math.min(4, raw[k]!)
    weight += said
  })
  const pooled = Math.max(0.001, weight > 0 ? total / weight : 0)
  for (let k = 0; k < sums.length; k++)
    own[k] = (priorWindows * pooled + windows[k]! * Math.max(0, raw[k]!)) / (priorWindows + windows[k]!)
}

/**
 * Poisson–gamma model of accounts: an account's level times what all accounts share in a window (season, growth, outages), with a dispersion of
 * its own. The forecast of the recent window is negative binomial: doubt about the level is 1 / events, the windows' dispersion comes on top.
 */
export function fitAccounts(accounts: AccountCounts): FittedAccounts {
  const all = addWindows(accounts)
  const last = (all[0]?.length ?? 1) - 1
  let [young, dormant] = [0, 0]
  const chosen: number[] = []
  all.forEach((sums, k) => {
    const { from, events } = readHistory(sums)
    if (last - from < windowsMin || !Number.isFinite(sums[last])) young++
    else if (events === 0 && sums[last] === 0) dormant++
    else chosen.push(k)
  })
  const sums = chosen.map((k) => all[k]!)
  const levels: Levels = {
    sums,
    from: Int32Array.from(sums, (ofAccount) => readHistory(ofAccount).from),
    level: new Float64Array(sums.length),
    own: new Float64Array(sums.length).fill(0.1),
    shared: new Float64Array(last + 1).fill(1),
  }
  for (let round = 0; round < rounds; round++) {
    fitLevels(levels)
    fitDispersion(levels)
    fitShared(levels)
  }
  return forecast(levels, Int32Array.from(chosen), { young, dormant })
}

function forecastPast(
  { sums, from, own, shared }: Levels,
  events: Float64Array,
  exposure: Float64Array,
  mean: number,
): Forecasts {
  const last = shared.length - 1
  const size = from.reduce((sum, first) => sum + last - first, 0)
  const [count, expected, dispersion] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
  let next = 0
  sums.forEach((ofAccount, k) => {
    for (let window = from[k]!; window < last; window++) {
      const others = events[k]! - ofAccount[window]! + priorEvents
      count[next] = ofAccount[window]!
      const rest = exposure[k]! - shared[window]! + priorEvents / Math.max(mean, 1e-9)
      expected[next] = (shared[window]! * others) / rest
      dispersion[next++] = 1 / others + own[k]! * (1 + 1 / (last - from[k]! - 1))
    }
  })
  return { count, expected, dispersion }
}

function forecast(
  levels: Levels,
  place: Int32Array,
  others: Pick<FittedAccounts, 'young' | 'dormant'>,
): FittedAccounts {
  const { sums, from, level, own, shared } = levels
  const last = shared.length - 1
  const mean = level.reduce((sum, x) => sum + x, 0) / Math.max(1, level.length)
  const before = shared.subarray(0, last)
  const events = Float64Array.from(sums, (ofAccount) => readHistory(ofAccount).events)
  const windows = from.map((first) => last - first)
  const exposure = Float64Array.from(from, (first) => before.subarray(first).reduce((sum, x) => sum + x, 0))
  return {
    ...others,
    place,
    events,
    windows,
    exposure,
    count: Float64Array.from(sums, (ofAccount) => ofAccount[last]!),
    past: forecastPast(levels, events, exposure, mean),
    expected: events.map(
      (count, k) => (shared[last]! * (count + priorEvents)) / (exposure[k]! + priorEvents / Math.max(mean, 1e-9)),
    ),
    dispersion: events.map((count, k) => 1 / (count + priorEvents) + own[k]! * (1 + 1 / windows[k]!)),
    common: (shared[last]! * before.length) / before.reduce((sum, x) => sum + x, 0),
  }
}

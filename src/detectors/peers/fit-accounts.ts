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
  /** Of each: events in the windows that its forecast rests on, and how many these are. */
  readonly events: Float64Array
  readonly windows: Int32Array
  /** Windows of each account's history, as those before let expect them. */
  readonly past: Forecasts
  /** What all accounts did in the recent window against their windows before. */
  readonly common: number
  /** Accounts too young to judge, and those without an event ever. */
  readonly young: number
  readonly dormant: number
}

/** A forecast looks so many windows back at most: older ways say little about today. */
const windowsMax = 8
/** Windows before the recent one that are forecast in their turn, to see how far forecasts fail. */
const keptMax = 20
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
  const windows = Math.min(Math.floor(length / recent), keptMax + 1)
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

/** What an account did in its history: first window that counts, events in all of them. */
function readHistory(sums: Float64Array): { readonly from: number; readonly events: number } {
  const last = sums.length - 1
  let from = last
  while (from > 0 && Number.isFinite(sums[from - 1])) from--
  let events = 0
  for (let window = from; window < last; window++) events += sums[window]!
  return { from, events }
}

/** First of the windows that a forecast of `window` looks back on. */
const startOf = (from: number, window: number): number => Math.max(from, window - windowsMax)

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

/** Dispersion of each account between its windows, moderated by that of all, which is returned. */
function fitDispersion({ sums, from, own, shared }: Levels): number {
  const last = shared.length - 1
  const all = sums.map((ofAccount, k) => measureDispersion(ofAccount, shared, from[k]!, last))
  const [total, weight] = all.reduce(
    ([sum, said], { raw, windows }) => [sum + windows * Math.min(4, raw), said + windows] as const,
    [0, 0] as readonly [number, number],
  )
  const pooled = Math.max(0.001, weight > 0 ? total / weight : 0)
  all.forEach(({ raw, windows }, k) => {
    own[k] = (priorWindows * pooled + windows * Math.max(0, raw)) / (priorWindows + windows)
  })
  return pooled
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
  let pooled = 0
  for (let round = 0; round < rounds; round++) {
    fitLevels(levels)
    pooled = fitDispersion(levels)
    fitShared(levels)
  }
  return forecast(levels, Int32Array.from(chosen), pooled, { young, dormant })
}

/** Dispersion of the windows `from` to `end` of an account by moments, as they were known then, and what its few events say about it. */
function measureDispersion(ofAccount: Float64Array, shared: Float64Array, from: number, end: number) {
  let [events, exposure] = [0, 0]
  for (let window = from; window < end; window++) {
    events += ofAccount[window]!
    exposure += shared[window]!
  }
  const level = exposure > 0 ? events / exposure : 0
  let [excess, squares] = [0, 0]
  const count = end - from
  for (let window = from; window < end; window++) {
    const mean = level * shared[window]!
    excess += ((ofAccount[window]! - mean) ** 2 * count) / Math.max(1, count - 1) - mean
    squares += mean * mean
  }
  const isKnown = count >= 2 && squares > 0
  return {
    events,
    exposure,
    raw: isKnown ? excess / squares : 0,
    // 1 − Poisson's share of the variance
    windows: isKnown ? (count - 1) * Math.min(1, squares / count) : 0,
  }
}

interface Prior {
  readonly pooled: number
  /** Level of a usual account. */
  readonly mean: number
}

/** One window of an account as those before it let expect it. */
function forecastOne(ofAccount: Float64Array, shared: Float64Array, start: number, window: number, prior: Prior) {
  const { events, exposure, raw, windows } = measureDispersion(ofAccount, shared, start, window)
  const own = (priorWindows * prior.pooled + windows * Math.max(0, raw)) / (priorWindows + windows)
  return {
    events,
    exposure,
    windows: window - start,
    expected: (shared[window]! * (events + priorEvents)) / (exposure + priorEvents / Math.max(prior.mean, 1e-9)),
    dispersion: 1 / (events + priorEvents) + own * (1 + 1 / (window - start)),
  }
}

/** Each window that has (nearly) as many before it as the recent one: forecasts that know as much, and as little of what came after. */
function forecastPast({ sums, from, shared }: Pick<Levels, 'sums' | 'from' | 'shared'>, prior: Prior): Forecasts {
  const last = shared.length - 1
  const all = sums.flatMap((ofAccount, k) => {
    const known = Math.min(windowsMax, last - from[k]!)
    const least = Math.max(windowsMin, Math.min(known - 1, windowsMax - 2))
    const first = from[k]! + least
    return Array.from({ length: Math.max(0, last - first) }, (_, at) => ({
      count: ofAccount[first + at]!,
      ...forecastOne(ofAccount, shared, startOf(from[k]!, first + at), first + at, prior),
    }))
  })
  return {
    count: Float64Array.from(all, ({ count }) => count),
    expected: Float64Array.from(all, ({ expected }) => expected),
    dispersion: Float64Array.from(all, ({ dispersion }) => dispersion),
  }
}

function forecast(
  { sums, from, level, shared }: Levels,
  place: Int32Array,
  pooled: number,
  others: Pick<FittedAccounts, 'young' | 'dormant'>,
): FittedAccounts {
  const last = shared.length - 1
  const prior = { pooled, mean: level.reduce((sum, x) => sum + x, 0) / Math.max(1, level.length) }
  const recent = sums.map((ofAccount, k) => forecastOne(ofAccount, shared, startOf(from[k]!, last), last, prior))
  const before = shared.subarray(startOf(0, last), last)
  return {
    ...others,
    place,
    events: Float64Array.from(recent, ({ events }) => events),
    windows: Int32Array.from(recent, ({ windows }) => windows),
    count: Float64Array.from(sums, (ofAccount) => ofAccount[last]!),
    past: forecastPast({ sums, from, shared }, prior),
    expected: Float64Array.from(recent, ({ expected }) => expected),
    dispersion: Float64Array.from(recent, ({ dispersion }) => dispersion),
    common: (shared[last]! * before.length) / before.reduce((sum, x) => sum + x, 0),
  }
}

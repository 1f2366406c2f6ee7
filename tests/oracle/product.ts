/**
 * Retention, funnels, lifecycles and sessions worked out straight from rows, the way a person would with a calendar and patience: no plan,
 * no look-ups, every possibility tried. What the plans of these steps are held against.
 */
import { addPeriods, type Grain, startOfPeriod, utcCalendar } from '../../src/base/periods.ts'

export interface Person {
  readonly id: number
  /** A day, or nothing known. */
  readonly joined: string | null
}

export interface Deed {
  readonly id: number
  readonly person: number | null
  readonly name: string | null
  /** Epoch milliseconds. */
  readonly at: number | null
}

type Timed = Deed & { readonly at: number }

export const isTimed = (deed: Deed): deed is Timed => deed.at !== null
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
const start = (day: string, grain: Grain) => startOfPeriod(day, grain, utcCalendar)

interface RetentionQuestion {
  readonly cohort: Grain
  readonly unit: Grain
  readonly count: number
  readonly asOf: string
}

/** Cohort, period, size and how many came, for each period of which everybody of the cohort has seen the end. */
export function followCohorts(people: readonly Person[], deeds: readonly Deed[], question: RetentionQuestion) {
  const { cohort, unit, count, asOf } = question
  const rows: [string, number, number, number][] = []
  const known = people.filter(({ joined }) => joined !== null) as { id: number; joined: string }[]
  for (const begin of [...new Set(known.map(({ joined }) => start(joined, cohort)))].toSorted()) {
    const members = known.filter(({ joined }) => start(joined, cohort) === begin)
    const lastDay = addPeriods(addPeriods(begin, 1, cohort), -1, 'day')
    for (let period = 0; period <= count; period++) {
      if (addPeriods(start(lastDay, unit), period + 1, unit) > asOf) continue
      const came = members.filter(({ id, joined }) => {
        const first = addPeriods(start(joined, unit), period, unit)
        const end = addPeriods(first, 1, unit)
        return deeds.some((deed) => {
          const day = isTimed(deed) ? dayOf(deed.at) : ''
          return deed.person === id && day >= first && day < end
        })
      })
      rows.push([begin, period, members.length, came.length])
    }
  }
  return rows
}

interface FunnelQuestion {
  readonly mode: 'ordered' | 'strict' | 'any'
  readonly stages: readonly ((deed: Deed) => boolean)[]
  readonly withinMs: number
}

/** By time; at one moment by the first stage that is met; then by key. */
function sortDeeds(deeds: readonly Timed[], { stages }: FunnelQuestion): readonly Timed[] {
  const firstStage = (deed: Deed) => {
    const at = stages.findIndex((meets) => meets(deed))
    return at < 0 ? stages.length : at
  }
  return deeds.toSorted((a, b) => a.at - b.at || firstStage(a) - firstStage(b) || a.id - b.id)
}

/** Every run through the stages that fits, from each first event on: its length, and how long its last step took. */
function* walk(
  deeds: readonly Timed[],
  run: readonly number[],
  question: FunnelQuestion,
): Generator<{ readonly stage: number; readonly tookMs: number }> {
  const { mode, stages, withinMs } = question
  const at = (place: number) => deeds[run[place]!]!.at
  yield { stage: run.length, tookMs: run.length > 1 ? at(run.length - 1) - at(run.length - 2) : 0 }
  const meets = stages[run.length]
  if (!meets) return
  const last = run.at(-1)!
  const end = mode === 'strict' ? Math.min(deeds.length, last + 2) : deeds.length
  for (let next = last + 1; next < end; next++)
    if (meets(deeds[next]!) && deeds[next]!.at - at(0) <= withinMs) yield* walk(deeds, [...run, next], question)
}

/** The furthest stage when order does not matter: all up to it are met by events, one each or one for several, that lie near together. */
function findFurthest(deeds: readonly Timed[], { stages, withinMs }: FunnelQuestion): number {
  const reaches = (count: number) =>
    deeds.some(({ at }) =>
      stages.slice(0, count).every((meets) => {
        return deeds.some((other) => meets(other) && other.at >= at && other.at - at <= withinMs)
      }),
    )
  return stages.findLastIndex((_, place) => reaches(place + 1)) + 1
}

/** For each stage how many reached it, and the median of the shortest times, in days, that people took from the one before. */
export function countStages(people: readonly Person[], deeds: readonly Deed[], question: FunnelQuestion) {
  const results = people.map(({ id }) => {
    const own = sortDeeds(deeds.filter((deed) => deed.person === id && isTimed(deed)) as Timed[], question)
    if (question.mode === 'any') return { furthest: findFurthest(own, question), took: [] }
    const runs = own.flatMap((deed, place) => (question.stages[0]!(deed) ? [...walk(own, [place], question)] : []))
    const took = question.stages.map((_, place) => {
      const times = runs.filter(({ stage }) => stage === place + 1).map(({ tookMs }) => tookMs)
      return times.length === 0 ? undefined : Math.min(...times) / 86_400_000
    })
    return { furthest: Math.max(0, ...runs.map(({ stage }) => stage)), took }
  })
  return question.stages.map((_, place): [number, number | null] => {
    const times = results.flatMap(({ took }) => took[place] ?? []).toSorted((a, b) => a - b)
    const middle = (times.length - 1) / 2
    const median =
      times.length === 0 || place === 0 ? null : (times[Math.floor(middle)]! + times[Math.ceil(middle)]!) / 2
    return [results.filter(({ furthest }) => furthest > place).length, median]
  })
}

/** Period, active, new, retained, resurrected and dormant. */
export function countLife(people: readonly Person[], deeds: readonly Deed[], unit: Grain, asOf: string) {
  const active = people.map(({ id }) => {
    const own = deeds.filter((deed): deed is Timed => deed.person === id && isTimed(deed))
    return new Set(own.map(({ at }) => start(dayOf(at), unit)))
  })
  const rows: [string, number, number, number, number, number][] = []
  const last = start(asOf, unit)
  const first = active.flatMap((periods) => [...periods]).toSorted()[0] ?? last
  for (let period = first; period < last; period = addPeriods(period, 1, unit)) {
    const before = addPeriods(period, -1, unit)
    const here = active.filter((periods) => periods.has(period))
    const fresh = here.filter((periods) => [...periods].every((other) => other >= period))
    const stayed = here.filter((periods) => periods.has(before))
    const gone = active.filter((periods) => periods.has(before) && !periods.has(period))
    const back = here.length - fresh.length - stayed.length
    rows.push([period, here.length, fresh.length, stayed.length, back, gone.length])
  }
  return rows
}

/** Whose, which, from when to when, and how many events. */
export function cutSessions(deeds: readonly Deed[], gapMs: number) {
  const rows: [number | null, number, number, number, number][] = []
  for (const person of new Set(deeds.map((deed) => deed.person))) {
    const own = deeds.filter((deed): deed is Timed => deed.person === person && isTimed(deed))
    const times = own.map(({ at }) => at).toSorted((a, b) => a - b)
    let session: [number | null, number, number, number, number] | undefined
    for (const at of times) {
      if (session && at - session[3] <= gapMs) {
        session[3] = at
        session[4]++
      } else {
        session = [person, (session?.[1] ?? 0) + 1, at, at, 1]
        rows.push(session)
      }
    }
  }
  return rows
}

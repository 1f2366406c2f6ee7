import { type Day, daysBetween } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { Story } from '../candidate.ts'
import { floors } from '../choose-candidates.ts'
import type { Controlled } from '../errors/control-errors.ts'
import { isWithin } from '../explain/compare-slices.ts'
import { areRelated } from '../explain/merge-stories.ts'
import { nameSlice } from '../explain/name-slice.ts'
import type { StandingStory } from '../explain/standing.ts'
import { logOf } from '../extent.ts'
import type { RenamedValue } from '../faults/data-fault.ts'
import { isMadeBy, tellRenames } from '../faults/tell-renames.ts'
import { findHome } from './find-home.ts'
import { aboutOf, isNotablePattern, isParting } from './pattern.ts'

/** Days before a movement's estimated onset at which what belongs to it may seem to begin. */
const onsetDays = 14

export interface PatternContext {
  /** Movements that are told. */
  readonly told: readonly Story[]
  /** Values that go on under another name. */
  readonly renames: readonly RenamedValue[]
  readonly catalog: Catalog
  /** Last full day judged. */
  readonly asOf: Day
}

/**
 * Patterns that held up (another weekly shape, more scatter, a record), beside the movements that are told already. What a movement does to a
 * metric shows in its patterns, too: in the scatter of the days around it, in the order of slices, in records. So a pattern of the same or a
 * related model whose time overlaps that of a told movement is merged into that story, of several into the nearest; it is told by itself only
 * where no movement is.
 * Of several patterns of one metric at one time, or of whole metrics of a table that began together, the surest tells.
 */
export function tellPatterns(
  patterns: readonly Controlled[],
  { told, renames, catalog, asOf }: PatternContext,
): readonly (Story | StandingStory)[] {
  // a new name makes patterns of its field, and of no other
  const others = told.filter(({ fault }) => fault?.kind !== 'renamed_value')
  const movements = others.map((story) => ({ ...story, merged: [...story.merged] as Controlled[] }))
  const own: { lead: Controlled; merged: Controlled[] }[] = []
  const notable = patterns
    .filter(({ verdict }) => isNotablePattern(verdict) && (isOfGoal(verdict) || isNews(verdict, asOf)))
    .sort(
      (a, b) =>
        a.verdict.numbers.pValue - b.verdict.numbers.pValue ||
        (a.verdict.hypothesis.text < b.verdict.hypothesis.text ? -1 : 1),
    )
  const isNamed = ({ lead }: StandingStory) => renames.some((rename) => isMadeBy(lead, rename, catalog))
  const single = notable.map((lead): StandingStory => ({ lead, merged: [] }))
  const named = [...told.filter((story) => !others.includes(story)), ...single.filter(isNamed)]
  for (const { lead: pattern } of single.filter((one) => !isNamed(one))) {
    // each goal is asked for by somebody, and told whatever its metric did
    const home = isOfGoal(pattern.verdict)
      ? undefined
      : (findHome(
          pattern.verdict,
          movements.filter((story) => isConsequence(pattern, story, catalog)),
        ) ?? own.find(({ lead }) => tellsTheSame(pattern, lead, catalog)))
    if (home) home.merged.push(pattern)
    else own.push({ lead: pattern, merged: [] })
  }
  return [...movements, ...own, ...tellRenames<Controlled, Story | StandingStory>(named, renames, catalog)]
}

type Numbers = Controlled['verdict']['numbers']

/** The period of a goal is not over, however long it is. */
const isOfGoal = ({ hypothesis }: Controlled['verdict']): boolean => aboutOf(hypothesis.detector) === 'goals'

function isNews({ numbers, hypothesis: { grain } }: Controlled['verdict'], asOf: string): boolean {
  const { from, to, details } = numbers
  if (from === null) return false
  if (to !== null && daysBetween(to, asOf) >= floors.overDays) return false
  // whether somebody goes on is known when the window is over
  const days = daysBetween(from, asOf) - Number(details.window_days ?? 0)
  return days <= (grain === 'day' ? floors.days : grain === 'week' ? floors.weeks * 7 : monthsMax * 31)
}

/** Months since the onset of what is told by the month: later cohorts say something only when they have been there for some. */
const monthsMax = 6

/** Whether two spans have days in common; a missing end is one that lasts. */
function overlap(a: Numbers, b: Numbers): boolean {
  const startsBeforeEnd = (one: Numbers, other: Numbers) =>
    one.from === null || other.to === null || daysBetween(other.to, one.from) < onsetDays
  return startsBeforeEnd(a, b) && startsBeforeEnd(b, a)
}

function isConsequence({ verdict }: Controlled, { lead, merged, fault }: StandingStory, catalog: Catalog): boolean {
  const { hypothesis, numbers } = verdict
  const cause = lead.verdict
  if (!overlap(numbers, cause.numbers)) return false
  const concerned = fault?.kind === 'pipeline_fault' ? fault.concerns.map(({ model }) => model) : []
  const moved = [cause.hypothesis.model, ...concerned]
  // an account goes its own way against its table, and so do those who began lately
  const isSameWay = numbers.direction === cause.numbers.direction
  // other tables move for other reasons
  const about = aboutOf(hypothesis.detector)
  if (about === 'accounts') return moved.includes(hypothesis.model) && isSameWay
  // fewer who begin are another thing than fewer of them who go on
  if (about === 'funnels' && !fault) return isSameWay && moved.includes(hypothesis.model) && cause.kind === 'ratio'
  // whatever moved in its table may have brought other rows
  if (about === 'distributions') return moved.includes(hypothesis.model)
  if (about === 'durations') {
    const isOfTimes = [lead, ...merged].some((one) => isOfWaits(one.verdict.hypothesis, hypothesis, catalog))
    return (isSameWay && isOfTimes) || isOfOutcome(verdict, cause)
  }
  if (about === 'cohorts' && !(isSameWay && (fault || isWayOfCohorts(verdict, cause, catalog)))) return false
  return moved.some((model) => areRelated(catalog, hypothesis.model, model))
}

type Asked = Controlled['verdict']['hypothesis']

/** How many times as far, by logarithms, fewer may come back than something fell for that to be how it shows among them. */
const cohortsMax = 1.5

/** Whether those who began lately only went the way of all: where their slice did, and about as far. What those who no longer come back leave undone is much less. */
function isWayOfCohorts(
  { hypothesis, numbers }: Controlled['verdict'],
  cause: Controlled['verdict'],
  catalog: Catalog,
): boolean {
  const sizeOf = ({ change }: Numbers) => Math.abs(logOf(change ?? 0))
  const [own, moved] = [hypothesis, cause.hypothesis].map(({ model, slice }) => nameSlice(catalog, model, slice))
  const isNear = isWithin(own!, moved!) || isWithin(moved!, own!)
  return isNear && sizeOf(numbers) <= cohortsMax * sizeOf(cause.numbers)
}

/** Whether a metric that moved is the one whose waiting times changed, or another one about such times in the same table. */
const isOfWaits = (moved: Asked, waits: Asked, { models }: Catalog): boolean =>
  moved.model === waits.model &&
  (moved.metric === waits.metric || models[moved.model]?.metrics[moved.metric]?.format === 'duration')

/** What fails, or is declined, more often than before has no end, and so seems to wait for it: a rate of the same rows that moved at that time. */
const isOfOutcome = ({ hypothesis, numbers }: Controlled['verdict'], cause: Controlled['verdict']): boolean =>
  cause.kind === 'ratio' &&
  cause.hypothesis.model === hypothesis.model &&
  beginTogether(numbers, cause.numbers) &&
  JSON.stringify(cause.hypothesis.slice) === JSON.stringify(hypothesis.slice)

function tellsTheSame(pattern: Controlled, lead: Controlled, catalog: Catalog): boolean {
  const [{ verdict }, { verdict: told }] = [pattern, lead]
  const [a, b] = [verdict.hypothesis, told.hypothesis]
  const [about, other] = [aboutOf(a.detector), aboutOf(b.detector)]
  if (about !== other) return false
  // accounts that fell and those that surged are one story; of those who began lately each way is its own
  if (about && about !== 'accounts' && verdict.numbers.direction !== told.numbers.direction) return false
  if (!overlap(verdict.numbers, told.numbers)) return false
  // a value that left its siblings is what happened, the scatter of another metric of its table what that does
  if (a.model === b.model && (a.metric === b.metric || isParting(b.detector, b.slice))) return true
  // another weekly shape of what comes in makes what is done about it scatter
  const areWhole = about === undefined && isOfWhole(pattern) && isOfWhole(lead)
  if (areWhole && a.model === b.model && beginTogether(verdict.numbers, told.numbers)) return true
  return a.detector === b.detector && areRelated(catalog, a.model, b.model)
}

const isOfWhole = ({ verdict: { hypothesis } }: Controlled): boolean =>
  hypothesis.slice.length === 0 && hypothesis.by === undefined

const beginTogether = (a: Numbers, b: Numbers): boolean =>
  a.from !== null && b.from !== null && Math.abs(daysBetween(a.from, b.from)) <= onsetDays

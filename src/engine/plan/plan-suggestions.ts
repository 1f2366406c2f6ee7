import { isError } from '../../base/diagnostic.ts'
import { describeError } from '../../base/failure.ts'
import { addPeriods, type Day } from '../../base/periods.ts'
import { format } from '../../dsl/text/format.ts'
import { identify } from '../../dsl/tree/identify.ts'
import type { AuthoredHypothesis } from '../../hypotheses/authored/read-authored.ts'
import { readClaim } from '../../hypotheses/authored/read-claim.ts'
import {
  isAskedByTemplates,
  readSuggestion,
  type SuggestedHypothesis,
} from '../../hypotheses/authored/read-suggestion.ts'
import type { Withheld } from '../../hypotheses/data/profile-model.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import { suggestionCycles, suggestionRestDays, suggestionsMax, suggestionsNewMax } from '../../hypotheses/limits.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { suggestWithModel } from '../../llm/suggest-with-model.ts'
import {
  findSuggestionRound,
  listSuggestions,
  nameSuggestion,
  type Suggestion,
  type SuggestionRound,
  saveSuggestionRound,
} from '../../store/suggestions.ts'
import type { EngineContext } from '../context.ts'
import { briefSuggester } from './brief-suggester.ts'

type SuggestContext = Pick<EngineContext, 'catalog' | 'workspace' | 'model' | 'log'> & {
  readonly database?: EngineContext['database'] | undefined
}

export interface SuggestionPlan {
  readonly hypotheses: readonly AuthoredHypothesis[]
  readonly withheld: readonly Withheld[]
  /** Most that the model is still to be asked for: it is not asked by a plan that is only looked at. Absent where no model suggests. */
  readonly wanted?: number
}

export interface SuggestionInput {
  readonly asOf: Day
  /** What templates ask in this cycle. */
  readonly scans: readonly SharedScan[]
  /** What people ask: files of the team, and what is watched. */
  readonly own: readonly AuthoredHypothesis[]
  /** Whether the model is asked, where it was not yet for this day. */
  readonly asksModel: boolean
}

interface Known {
  readonly suggestion: Suggestion
  /** Absent where the catalog no longer knows it. */
  readonly hypothesis: SuggestedHypothesis | undefined
  readonly why: string | undefined
}

const what = 'suggestions of the language model'

/**
 * The suggested hypotheses of a cycle: those of earlier cycles that are still due, and new ones, for which the model is asked once a day that is
 * judged. What it suggested is kept, so that the same day is planned the same again. A model that fails costs the cycle its new suggestions only,
 * and is asked again by the next cycle of the day.
 */
export async function planSuggestions(context: SuggestContext, input: SuggestionInput): Promise<SuggestionPlan> {
  const { model, database, workspace, log } = context
  if (model?.suggester === undefined) return { hypotheses: [], withheld: [] }
  if (!database) return { hypotheses: [], withheld: [], wanted: suggestionsNewMax }
  const { asOf, asksModel } = input
  const withheld: Withheld[] = []
  const asking = { ...context, database, model }
  let round = await findSuggestionRound(database, workspace, asOf)
  if (!round && asksModel)
    try {
      await askModel(asking, input)
      round = await findSuggestionRound(database, workspace, asOf)
    } catch (error) {
      log.warn({ asOf, model: model.suggester }, `no hypotheses were suggested: ${describeError(error)}`)
      withheld.push({ what, why: `are missing: ${describeError(error)}` })
    }
  const chosen = chooseDue(await readKnown(asking, asOf), context, input)
  return {
    hypotheses: chosen.hypotheses,
    withheld: [...withheld, ...describeRound(round), ...chosen.withheld],
    wanted: round || asksModel ? 0 : suggestionsNewMax,
  }
}

async function readKnown(
  { catalog, database, workspace }: Pick<EngineContext, 'catalog' | 'database' | 'workspace'>,
  asOf: Day,
): Promise<readonly Known[]> {
  const since = addPeriods(asOf, -suggestionRestDays, 'day')
  const suggestions = await listSuggestions(database, workspace, { asOf, since })
  return suggestions.map((suggestion) => {
    // what was suggested keeps its name, whatever spelling the language has for it today
    const nameOf = () => nameSuggestion(suggestion.key)
    const read = readSuggestion(suggestion.exploration, { ...readOptions(catalog, asOf), nameOf })
    const why = read.ok ? undefined : read.diagnostics.find(isError)?.message
    return { suggestion, hypothesis: read.ok ? read.value : undefined, why }
  })
}

const readOptions = (catalog: EngineContext['catalog'], asOf: Day) => ({
  catalog,
  asOf: addPeriods(asOf, 1, 'day'),
  nameOf: nameSuggestion,
})

/** Takes what nobody and no template asks, each claim once. */
function createSieve({ catalog }: Pick<EngineContext, 'catalog'>, { own, scans }: SuggestionInput) {
  const claimed = new Set(own.map((one) => readClaim(one, catalog, identify(one.tree)).key))
  return (one: SuggestedHypothesis): boolean => {
    if (claimed.has(one.claim.key) || isAskedByTemplates(one, { scans, templates, catalog })) return false
    claimed.add(one.claim.key)
    return true
  }
}

/** Those whose time is not over, those that were told first, then the newest. */
function chooseDue(
  known: readonly Known[],
  context: Pick<EngineContext, 'catalog'>,
  input: SuggestionInput,
): SuggestionPlan {
  const due = known.filter(({ suggestion: { cycles } }) => cycles < suggestionCycles)
  const [told, untold] = [true, false].map((was) => due.filter(({ suggestion }) => !!suggestion.toldOn === was))
  const passes = createSieve(context, input)
  const hypotheses = [...told!, ...untold!].flatMap(({ hypothesis }) =>
    hypothesis && passes(hypothesis) ? [hypothesis] : [],
  )
  return {
    hypotheses: hypotheses.slice(0, suggestionsMax),
    withheld: due.flatMap(({ why }) =>
      why === undefined
        ? []
        : [{ what: 'a hypothesis that was suggested earlier', why: `can no longer be asked: ${why}` }],
    ),
  }
}

async function askModel(
  context: Pick<EngineContext, 'catalog' | 'workspace' | 'database' | 'log'> & {
    readonly model: NonNullable<EngineContext['model']>
  },
  input: SuggestionInput,
): Promise<void> {
  const { catalog, model, database, workspace, log } = context
  const { asOf, own } = input
  const known = await readKnown(context, asOf)
  const asked = [...known.map(({ suggestion }) => suggestion.exploration), ...own.map(({ tree }) => format(tree))]
  const brief = await briefSuggester(context, asOf, asked)
  const { count, accepted, refused, usage } = await suggestWithModel(model, brief, (text) =>
    readSuggestion(text, readOptions(catalog, asOf)),
  )
  const passes = createSieve(context, input)
  const before = new Set(known.flatMap(({ hypothesis }) => (hypothesis ? [hypothesis.claim.key] : [])))
  const fresh = accepted.filter((one) => passes(one) && !before.has(one.claim.key))
  const taken = fresh.slice(0, suggestionsNewMax)
  const round: SuggestionRound = {
    model: model.suggester ?? model.name,
    suggested: count,
    refused,
    known: accepted.length - fresh.length,
    surplus: fresh.length - taken.length,
    promptTokens: usage.promptTokens,
    completionTokens: usage.completionTokens,
    ms: usage.ms,
  }
  log.info({ asOf, taken: taken.length, ...round }, 'the language model suggested hypotheses')
  const kept = taken.map(({ key, text }) => ({ key, exploration: text }))
  await saveSuggestionRound(database, { workspace, asOf }, round, kept)
}

const reasonsMax = 3

/** What of a reply was no hypothesis, and why; what is asked already, or beyond what a cycle takes, is in the log. */
function describeRound(round: SuggestionRound | undefined): readonly Withheld[] {
  if (!round || round.refused.length === 0) return []
  const { suggested, refused } = round
  const reasons = [...new Set(refused)]
  if (suggested === 0) return [{ what, why: `are missing: ${reasons[0]}` }]
  const more = reasons.length > reasonsMax ? `, and ${reasons.length - reasonsMax} more` : ''
  const why = `are fewer by ${refused.length} of ${suggested}: ${reasons.slice(0, reasonsMax).join('; ')}${more}`
  return [{ what, why }]
}

import { isError } from '../../base/diagnostic.ts'
import { describeError, Failure } from '../../base/failure.ts'
import { dayAt } from '../../base/periods.ts'
import { compile } from '../../dsl/compile.ts'
import type { CompileContext, Compiled } from '../../dsl/exploration.ts'
import { confidenceMin, planQuestion } from '../../llm/planner/plan-question.ts'
import { createSearch } from '../../llm/search.ts'
import { type ModelUsage, writeWithModel } from '../../llm/write-with-model.ts'
import { addresses } from '../../reports/addresses.ts'
import type { EngineContext, Progress } from '../context.ts'
import type { Answer, ExistingReport, Route } from './answer.ts'
import { describeRows } from './describe-rows.ts'
import { runExploration } from './run-exploration.ts'

/** What answering a question touches: no store and no mail. */
export type AskContext = Pick<
  EngineContext,
  'workspace' | 'catalog' | 'calendar' | 'warehouse' | 'model' | 'now' | 'log' | 'webUrl'
>

export interface AskInput {
  readonly question: string
  /** Text of the exploration that the question follows up; the planner leaves follow-ups to a model. */
  readonly context?: unknown
  readonly signal?: AbortSignal | undefined
}

interface Draft {
  readonly compiled: Compiled
  readonly route: Route
  readonly confidence: number
  readonly repairs: number
}

type Attempt = Draft | { readonly reason: string }

const existingMax = 5
/** Below this a report that exists has little to do with the question. */
const existingScoreMin = 0.3
/** A model says nothing of how sure it is; that it compiled at once says a little. */
const modelConfidence = { first: 0.8, repaired: 0.6 } as const
const noUsage: ModelUsage = { calls: 0, models: [], promptTokens: 0, completionTokens: 0, ms: 0 }
const phases = ['search', 'plan', 'model', 'run'] as const

function findExisting({ catalog, webUrl }: AskContext, question: string): readonly ExistingReport[] {
  return createSearch(catalog)
    .search(question, existingMax, 'exploration')
    .filter(({ score }) => score >= existingScoreMin)
    .map(({ title, score, exploration }) => ({ title, score, url: webUrl + addresses.explore(exploration) }))
}

/** The planner's exploration, when it has one that compiles; or why not. */
function draftWithPlanner(input: AskInput, context: CompileContext): Attempt {
  if (input.context !== undefined) return { reason: 'follow-up questions need a language model' }
  const plan = planQuestion(input.question, context.catalog)
  if (plan.kind === 'aside') return { reason: plan.reason }
  const outcome = compile(plan.text, context)
  if (outcome.ok) return { compiled: outcome.value, route: 'planner', confidence: plan.confidence, repairs: 0 }
  return { reason: outcome.diagnostics.find(isError)?.message ?? 'the planned exploration does not compile' }
}

/** The model's exploration, or why there is none. A model that cannot be reached is a reason too: the planner's best then stands. */
async function draftWithModel(
  context: AskContext & { readonly model: NonNullable<AskContext['model']> },
  input: AskInput,
  compileContext: CompileContext,
): Promise<{ readonly attempt: Attempt; readonly usage: ModelUsage; readonly refused: boolean }> {
  try {
    const { written, repairs, usage } = await writeWithModel(context.model, {
      question: input.question,
      context: typeof input.context === 'string' ? input.context : undefined,
      compile: compileContext,
      signal: input.signal,
    })
    if (written.kind === 'written') {
      const confidence = repairs === 0 ? modelConfidence.first : modelConfidence.repaired
      return { attempt: { compiled: written.compiled, route: 'model', confidence, repairs }, usage, refused: false }
    }
    const reason =
      written.kind === 'cannot_answer'
        ? written.reason
        : `the model's exploration does not compile: ${written.diagnostics.find(isError)?.message ?? ''}`
    return { attempt: { reason }, usage, refused: written.kind === 'cannot_answer' }
  } catch (error) {
    if (!(error instanceof Failure) || input.signal?.aborted) throw error
    context.log.warn({ code: error.code }, 'the language model gave no answer')
    return { attempt: { reason: describeError(error) }, usage: noUsage, refused: false }
  }
}

/**
 * A question in words → an exploration that is checked → its rows, with the steps that made them. The planner answers what it is sure
 * of; the rest goes to the language model where one is configured, whose refusal counts; where it fails, the planner's best stands. Never
 * shows a number that was not computed: the sentence is made from the rows. Throws the warehouse's `Failure`.
 */
export async function answerQuestion(
  context: AskContext,
  input: AskInput,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<Answer> {
  const startedAt = performance.now()
  const timings: Record<string, number> = {}
  const measure = async <T>(phase: (typeof phases)[number], work: () => T | Promise<T>): Promise<T> => {
    onProgress({ phase, done: phases.indexOf(phase), total: phases.length, unit: 'phases' })
    const from = performance.now()
    const value = await work()
    timings[phase] = Math.round((performance.now() - from) * 10) / 10
    return value
  }
  const asOf = dayAt(context.now(), context.calendar)
  const { catalog, calendar, model } = context
  const compileContext: CompileContext = { catalog, calendar, asOf, dialect: context.warehouse.dialect }
  const { question } = input

  const existing = await measure('search', () => findExisting(context, question))
  const planned = await measure('plan', () => draftWithPlanner(input, compileContext))
  const isSure = 'compiled' in planned && planned.confidence >= confidenceMin
  const asked =
    isSure || !model
      ? undefined
      : await measure('model', () => draftWithModel({ ...context, model }, input, compileContext))
  const draft = chooseDraft(planned, isSure, asked)
  if (!('compiled' in draft)) return { question, cannotAnswer: draft.reason, existing }

  const { compiled, route, confidence, repairs } = draft
  const result = await measure('run', () => runExploration(context, compiled.text, { signal: input.signal }))
  timings.total = Math.round((performance.now() - startedAt) * 10) / 10
  return {
    question,
    exploration: compiled.text,
    columns: result.columns,
    rows: result.rows,
    rowCount: result.rowCount,
    truncated: result.truncated,
    sentence: describeRows(compiled, result, catalog),
    steps: compiled.steps,
    ...(compiled.chart ? { chart: compiled.chart } : {}),
    sql: result.sql,
    parameters: result.parameters,
    asOf: result.asOf,
    existing,
    route,
    confidence,
    fixes: compiled.fixes,
    lints: [...compiled.lints, ...result.lints.filter(({ code }) => code === 'series-many')],
    repairs,
    timings,
    usage: asked?.usage ?? noUsage,
  }
}

function chooseDraft(
  planned: Attempt,
  isSure: boolean,
  asked: { readonly attempt: Attempt; readonly refused: boolean } | undefined,
): Attempt {
  if (isSure) return planned
  if (!asked)
    return 'compiled' in planned ? { reason: 'the question can be read in several ways; say it more exactly' } : planned
  if ('compiled' in asked.attempt || asked.refused) return asked.attempt
  return 'compiled' in planned ? planned : asked.attempt
}

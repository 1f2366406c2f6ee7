import type { EngineContext, Progress } from '../engine/context.ts'

/** The journeys that jobs start, as `src/engine` has them. Given to workers as one value, so that queues can be tested without a warehouse. */
export interface Journeys {
  readonly planCycle: (
    context: EngineContext,
    options: { readonly asOf?: string; readonly trigger: string; readonly seed?: number; readonly request?: string },
  ) => Promise<{ readonly cycleId: string }>
  readonly runScan: (
    context: EngineContext,
    cycleId: string,
    scanId: string,
    signal?: AbortSignal,
  ) => Promise<{ readonly openScans: number }>
  readonly judgeCycle: (context: EngineContext, cycleId: string) => Promise<unknown>
  readonly composeDigests: (
    context: EngineContext,
    cycleId: string,
    options: { readonly teams: readonly string[] },
  ) => Promise<readonly string[]>
  readonly deliverDigest: (
    context: EngineContext,
    digestId: string,
    recipient: string,
  ) => Promise<'sent' | 'already' | 'skipped'>
  readonly answerQuestion: (
    context: EngineContext,
    question: { readonly question: string; readonly context?: string; readonly signal?: AbortSignal },
    onProgress: (progress: Progress) => void,
  ) => Promise<unknown>
}

import { compileExploration, runExploration } from '../engine/ask/run-exploration.ts'
import type { ResultView } from '../web/components/result-view.ts'
import type { ApiContext } from './api-context.ts'
import { findDataEnd } from './find-data-end.ts'

/** Rows with the steps in words and the chart, as the pages show them. Throws a `Rejection` or a `Failure`. */
export async function runForPage(
  context: ApiContext,
  source: string,
  { asOf, signal }: { readonly asOf?: string | undefined; readonly signal: AbortSignal },
): Promise<ResultView> {
  const { steps, chart, text, fixes } = compileExploration(context, source, { asOf })
  const result = await runExploration(context, text, { signal })
  const dataEnd = await findDataEnd(context, result.exploration, result.asOf)
  return { ...result, fixes, steps, chart, dataEnd }
}

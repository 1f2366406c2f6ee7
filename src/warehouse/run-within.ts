import { Failure } from '../base/failure.ts'
import type { QueryLimits } from './warehouse.ts'

/**
 * Runs within the time and the signal of `limits`, for engines that stop a statement when they are told to: `cancel` tells them, once. What it
 * fails with is told apart from other failures by what was asked.
 */
export async function runWithin<T>(
  { timeoutMs, signal }: QueryLimits,
  cancel: () => void,
  run: () => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw new Failure('the query was cancelled', { code: 'warehouse-cancelled' })
  let stopped: 'time' | 'signal' | undefined
  const stop = (reason: 'time' | 'signal') => () => {
    if (stopped) return
    stopped = reason
    cancel()
  }
  const onAbort = stop('signal')
  const timer = setTimeout(stop('time'), timeoutMs)
  signal?.addEventListener('abort', onAbort)
  try {
    const result = await run()
    if (stopped === undefined) return result
    throw new Error('stopped')
  } catch (error) {
    if (stopped === 'signal')
      throw new Failure('the query was cancelled', { code: 'warehouse-cancelled', cause: error })
    if (stopped === 'time')
      throw new Failure(`the query took longer than ${timeoutMs} ms and was stopped`, {
        code: 'warehouse-timeout',
        hint: 'Narrow the time range, or allow more time.',
        cause: error,
      })
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

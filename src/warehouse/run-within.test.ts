import { expect, test } from 'vitest'
import { runWithin } from './run-within.ts'

/** Something that runs until it is cancelled. */
function startEndless() {
  const { promise, reject } = Promise.withResolvers<never>()
  return { run: () => promise, cancel: () => reject(new Error('cancelled by somebody')) }
}

const limits = { timeoutMs: 10_000, rowsMax: 1 }

test('what ends in time is given, and what fails fails as it did', async () => {
  expect(
    await runWithin(
      limits,
      () => undefined,
      async () => 7,
    ),
  ).toBe(7)
  const failing = runWithin(
    limits,
    () => undefined,
    () => Promise.reject(new Error('no such table')),
  )
  await expect(failing).rejects.toThrow('no such table')
})

test('what takes too long is cancelled and said to be', async () => {
  const { run, cancel } = startEndless()
  await expect(runWithin({ ...limits, timeoutMs: 5 }, cancel, run)).rejects.toMatchObject({
    code: 'warehouse-timeout',
    message: 'the query took longer than 5 ms and was stopped',
  })
})

test('a signal cancels, before the start and while it runs', async () => {
  const { run, cancel } = startEndless()
  const controller = new AbortController()
  const running = runWithin({ ...limits, signal: controller.signal }, cancel, run)
  controller.abort()
  await expect(running).rejects.toMatchObject({ code: 'warehouse-cancelled' })
  const never = runWithin({ ...limits, signal: controller.signal }, cancel, () => Promise.reject(new Error('ran')))
  await expect(never).rejects.toMatchObject({ code: 'warehouse-cancelled' })
})

import type { CommandStreams, ExitCode } from './command.ts'
import { type ServicesOptions, startServices, waitForStop } from './services.ts'

/** Runs the long-running parts of a workspace until the process is told to stop, and says what runs. */
export async function runServices(
  options: ServicesOptions,
  signal: AbortSignal,
  { err }: CommandStreams,
): Promise<ExitCode> {
  const { app, queues, url, close } = await startServices(options)
  if (url !== undefined) err(`${app.workspace}: pages and API at ${url}`)
  if (options.works) err(`${app.workspace}: working; queues on ${queues.kind}`)
  err('stop with Ctrl-C')
  await waitForStop(signal)
  err('stopping; work in progress is finished first')
  await close()
  return 0
}

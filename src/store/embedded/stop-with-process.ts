/** What must not outlive this process. */
export interface Companion {
  readonly stop: () => Promise<void>
  /** At the very end, when nothing can be waited for any more. */
  readonly stopAtOnce: () => void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const companions = new Set<Companion>()

/**
 * Stops `companion` when this process is told to end, then lets the process end as it would have. Where somebody else listens to the
 * signal too, it is theirs to stop things in their order. Returns a function that takes it off again.
 */
export function stopWithProcess(companion: Companion): () => void {
  if (companions.size === 0) {
    for (const signal of signals) process.on(signal, onSignal)
    process.on('exit', onExit)
  }
  companions.add(companion)
  return () => {
    if (!companions.delete(companion) || companions.size > 0) return
    for (const signal of signals) process.off(signal, onSignal)
    process.off('exit', onExit)
  }
}

function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return
  void Promise.allSettled([...companions].map(({ stop }) => stop())).then(() => {
    process.off(signal, onSignal)
    process.kill(process.pid, signal)
  })
}

function onExit(): void {
  for (const { stopAtOnce } of companions) stopAtOnce()
}

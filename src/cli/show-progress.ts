import { formatCount, formatMs } from '../base/format.ts'
import type { Progress } from '../engine/context.ts'
import type { CommandStreams } from './command.ts'

/** Shows how far long work has come: one live line on a terminal, otherwise a line when a phase begins and when it ends. */
export function showProgress(
  { err, isTerminal }: Pick<CommandStreams, 'err' | 'isTerminal'>,
  now: () => number = Date.now,
) {
  let phase: string | undefined
  let startedAt = 0
  let last = ''
  let isLineOpen = false
  const describe = ({ phase, done, total, unit }: Progress) =>
    total > 0 ? `${phase}: ${formatCount(done)} of ${formatCount(total)} ${unit}` : phase
  const endPhase = () => {
    if (phase === undefined) return
    const line = `${last} (${formatMs(now() - startedAt)})`
    err(isLineOpen ? `\r\u001B[K${line}\n` : line)
    isLineOpen = false
    phase = undefined
  }
  return {
    report: (progress: Progress) => {
      if (progress.phase !== phase) {
        endPhase()
        phase = progress.phase
        startedAt = now()
      }
      last = describe(progress)
      if (isTerminal) {
        err(`\r\u001B[K${last}`)
        isLineOpen = true
      }
    },
    end: endPhase,
  }
}

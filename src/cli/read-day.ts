import { createDiagnostic, Rejection } from '../base/diagnostic.ts'
import type { Day } from '../base/periods.ts'

/** The day of `--as-of`, when one is given; throws a `Rejection` when it is none of the calendar. `meaning` ends the hint: what it stands for. */
export function readDay(text: unknown, meaning: string): Day | undefined {
  if (text === undefined) return undefined
  const isDay = typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text)
  const time = isDay ? new Date(`${text}T00:00:00Z`) : undefined
  if (time && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(String(text))) return String(text)
  throw new Rejection([
    createDiagnostic({
      code: 'not-a-day',
      message: `\`--as-of\` is \`${String(text)}\`, not a day`,
      hint: `Write it as \`2026-09-30\`: ${meaning}.`,
    }),
  ])
}

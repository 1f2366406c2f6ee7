import { formatCount } from '../base/format.ts'
import type { Cycle } from '../store/cycles.ts'
import { listDigests } from '../store/digests.ts'
import { listCycleFindings } from '../store/findings.ts'
import type { EngineContext } from './context.ts'

/** What a demo found and where to look at it, as text for a terminal. `url` is where the pages answer. */
export async function describeDemo(context: EngineContext, cycle: Cycle, url: string): Promise<string> {
  const findings = await listCycleFindings(context.database, cycle.id)
  const [digest] = (await listDigests(context.database, context.workspace, 20)).filter(
    ({ cycleId }) => cycleId === cycle.id,
  )
  const { tested, series, heldUp } = cycle.summary
  const shown = findings.slice(0, context.engine.shown)
  const [top] = findings
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['digest', digest && `${url}/digests/${digest.id}`],
    ['inbox', `${url}/`],
    ['evidence', top && `${url}/findings/${top.key}`],
    ['ask', `${url}/ask`],
    ['explore', `${url}/explore`],
    ['queues', `${url}/queues`],
    ['API', `${url}/v1/openapi.json`],
  ]
  return [
    '',
    `Tested ${formatCount(tested)} hypotheses on ${formatCount(series)} series; ${formatCount(heldUp)} held up; ${formatCount(shown.length)} shown.`,
    ...(shown.length === 0
      ? [
          'Nothing to tell: no mail was sent.',
          ...(heldUp > 0 ? [`Why what held up is no news: ${url}/cycles/${cycle.id}`] : []),
        ]
      : shown.map(({ rank, headline }) => `${rank}. ${headline}`)),
    '',
    ...rows.flatMap(([name, address]) => (address ? [`  ${name.padEnd(9)} ${address}`] : [])),
    '',
  ].join('\n')
}

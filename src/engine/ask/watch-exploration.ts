import { randomUUID } from 'node:crypto'
import { expectAccepted, isError } from '../../base/diagnostic.ts'
import { dayAt } from '../../base/periods.ts'
import { type AuthoredHypothesis, readAuthored } from '../../hypotheses/authored/read-authored.ts'
import type { Withheld } from '../../hypotheses/data/profile-model.ts'
import { insertWatch, listWatches, type Watch } from '../../store/watches.ts'
import type { EngineContext } from '../context.ts'
import { compileExploration } from './run-exploration.ts'

type WatchContext = Pick<EngineContext, 'catalog' | 'calendar' | 'warehouse' | 'now' | 'database' | 'workspace'>

const nameWatch = (id: string): string => `watch-${id}`

/** The text with a test of what it measures, where it has none: did it change its level? */
function withTest(context: WatchContext, text: string): string {
  const { columns, text: canonical, test } = compileExploration(context, text, {})
  if (test) return canonical
  const time = columns.find(({ type }) => type === 'date' || type === 'timestamp')
  const measure = columns.findLast(({ type }) => type === 'number')
  if (!time || !measure) return canonical
  const lines = canonical.split('\n').filter((line) => line.trim() !== '' && !/^(as of|chart) /.test(line))
  return `${lines.join('\n')}\ntest level_shift ${measure.name} over ${time.name}\n`
}

/**
 * Keeps an exploration as a question of every cycle to come. One without a test is asked whether it changed its level; it has to be a measure by period.
 * Throws a `Rejection` of what cannot be watched.
 */
export async function watchExploration(
  context: WatchContext,
  { text, title, by }: { readonly text: string; readonly title?: string | undefined; readonly by: string },
): Promise<Watch> {
  const { catalog, calendar, database, workspace, now } = context
  const id = randomUUID()
  const exploration = withTest(context, text)
  const source = { name: nameWatch(id), text: exploration }
  const { measure, metric } = expectAccepted(readAuthored(source, { catalog, asOf: dayAt(now(), calendar) }))
  const name = title?.trim() || metric?.label || measure
  return insertWatch(database, { id, workspace, title: name, exploration, createdBy: by })
}

/** What is watched, as it is asked in a cycle; what the catalog no longer knows is said. */
export async function readWatches({
  catalog,
  calendar,
  database,
  workspace,
  now,
}: Pick<WatchContext, 'catalog' | 'calendar' | 'now' | 'database' | 'workspace'>): Promise<{
  readonly hypotheses: readonly AuthoredHypothesis[]
  readonly withheld: readonly Withheld[]
}> {
  const hypotheses: AuthoredHypothesis[] = []
  const withheld: Withheld[] = []
  for (const { id, title, exploration } of await listWatches(database, workspace)) {
    const source = { name: nameWatch(id), text: exploration }
    const read = readAuthored(source, { catalog, asOf: dayAt(now(), calendar) })
    if (read.ok) hypotheses.push({ ...read.value, title: `Watched: ${title}`, origin: 'watched' })
    else {
      const why = `can no longer be asked: ${read.diagnostics.find(isError)?.message ?? 'it does not compile'}`
      withheld.push({ what: `the watched question “${title}”`, why })
    }
  }
  return { hypotheses, withheld }
}

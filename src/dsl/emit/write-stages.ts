import type { Dialect } from '../dialects/dialect.ts'

/** A CTE: its name, the lines in its parentheses, and the comments above it. */
export interface Stage {
  readonly name: string
  readonly lines: readonly string[]
  readonly comments: readonly string[]
  /** Whether a limit cuts its rows. */
  readonly isCut: boolean
  /** Whether it reads itself. */
  readonly isRecursive?: boolean
}

/** How often `lines` read from `name`, as it stands there. */
const countReads = (name: string, lines: readonly string[]): number =>
  lines.flatMap((line) => line.split(/\b(?:FROM|JOIN) /).slice(1)).filter((rest) => rest.split(/[ ,)]/, 1)[0] === name)
    .length

/** Stages that are read, by whatever way, by one that reads itself. */
function findBelowRecursive(stages: readonly Stage[], writeName: Dialect['writeName']): ReadonlySet<string> {
  const below = new Set<string>()
  for (const reader of stages.toReversed())
    if (reader.isRecursive || below.has(reader.name))
      for (const { name } of stages)
        if (name !== reader.name && countReads(writeName(name), reader.lines) > 0) below.add(name)
  return below
}

/**
 * `WITH` and its stages. What several read is written so that the engine computes it once, where it would not by itself; `last` are the lines
 * of the SELECT behind them.
 */
export function writeStages(
  stages: readonly Stage[],
  last: readonly string[],
  { writeName, writeOnce, keepCut, nestsUnions }: Dialect,
): readonly string[] {
  if (stages.length === 0) return []
  const all = [...stages.flatMap(({ lines }) => lines), ...last]
  const belowRecursive = writeOnce ? findBelowRecursive(stages, writeName) : new Set<string>()
  let isRecursive = stages.some((stage) => stage.isRecursive === true)
  const written = stages.flatMap(({ name, lines, comments, isCut, isRecursive: readsItself = false }, at) => {
    const source = writeName(name)
    const isOnce = writeOnce && !readsItself && !belowRecursive.has(name) && countReads(source, all) > 1
    const once = isOnce ? writeOnce(source, lines) : undefined
    isRecursive ||= once !== undefined
    const isNested = nestsUnions && isRecursive && !readsItself && lines.some((line) => /(^| )UNION ALL$/.test(line))
    const own = isNested ? ['SELECT * FROM (', ...lines.map((line) => `  ${line}`), ')'] : (once ?? lines)
    return [
      ...comments,
      `${source} AS ${isCut ? keepCut : ''}(`,
      ...own.map((line) => `  ${line}`),
      at < stages.length - 1 ? '),' : ')',
    ]
  })
  return [isRecursive ? 'WITH RECURSIVE' : 'WITH', ...written]
}

/**
 * How many stages the engine goes through where it follows each reading of a stage by itself: a stage that two read, which two read, counts four times.
 */
export function countReadings(stages: readonly Stage[], last: readonly string[], { writeName }: Dialect): number {
  let readers: readonly { readonly lines: readonly string[]; readonly times: number }[] = [{ lines: last, times: 1 }]
  for (const { name, lines } of stages.toReversed()) {
    const source = writeName(name)
    const times = readers.reduce((sum, reader) => sum + reader.times * countReads(source, reader.lines), 0)
    readers = [...readers, { lines, times }]
  }
  return readers.reduce((sum, { times }) => sum + times, 0)
}

/**
 * Whether what was planted is told first, in worlds of several trades that differ in shape (`bench/worlds/trades`), and whether nothing is told where
 * nothing was planted: one cycle a world. `p of an oracle` is what a reader would see who knows slice and onset and looks at nothing else; an effect
 * that even he could not tell among as many tests is too small to count.
 * `node bench/worlds.ts [--planted 1..6] [--null 101..102] [--trades payments,sensors] [--keep FOLDER]`
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { CycleSummary, Finding } from '../src/findings/finding.ts'
import { createRandom } from '../src/stats/random.ts'
import { describeEffect, judgeFindings } from './worlds/judge-findings.ts'
import { makeAccounts } from './worlds/make-accounts.ts'
import { askOracle } from './worlds/oracle.ts'
import type { Effect, Trade } from './worlds/trade.ts'
import { trades } from './worlds/trades.ts'
import { writeWorld } from './worlds/write-world.ts'

const { values: options } = parseArgs({
  options: {
    planted: { type: 'string', default: '1..6' },
    null: { type: 'string', default: '101..102' },
    trades: { type: 'string', default: '' },
    keep: { type: 'string' },
  },
})
const readSeeds = (text: string): readonly number[] =>
  text.split(',').flatMap((part) => {
    const [from, to = from] = part.split('..').map(Number)
    return part === '' ? [] : Array.from({ length: to! - from! + 1 }, (_, at) => from! + at)
  })

interface Answer {
  readonly cycle: CycleSummary
  readonly findings: readonly Finding[]
}

const hunch = join(import.meta.dirname, '../bin/hunch')
const runCycle = (folder: string, { asOf }: Trade): Answer =>
  JSON.parse(
    execFileSync(hunch, ['cycle', '--config', join(folder, 'hunch.yaml'), '--as-of', asOf, '--format', 'json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
    }),
  )

const sums = { effects: 0, seen: 0, top: 0, found: 0, exact: 0, told: 0, others: 0, nulls: 0, loud: 0 }

async function runWorld(trade: Trade, seed: number, effects: readonly Effect[]): Promise<void> {
  const folder = options.keep
    ? join(options.keep, `${trade.name}-${seed}`)
    : mkdtempSync(join(tmpdir(), 'hunch-world-'))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const counts = await writeWorld(folder, trade, seed, effects)
  const start = performance.now()
  const { cycle, findings } = runCycle(folder, trade)
  const seconds = (performance.now() - start) / 1000
  const all = makeAccounts(trade, createRandom(seed))
  const accountOf = (effect: Effect) => effect.slice?.find(({ field }) => field === 'account')
  const accounts = effects.map((effect) => {
    const place = accountOf(effect)
    return place ? `${all[Number(place.value)]?.id}` : ''
  })
  const judged = judgeFindings(findings, effects, trade, accounts)
  const others = judged.others.map(({ rank, headline }) => `${rank}: ${headline}`).join(' · ')
  const head = `| ${trade.name} ${seed}`
  const tail = `${findings.length} | ${others || '–'} | ${cycle.tested} | ${seconds.toFixed(0)} |`
  if (effects.length === 0) {
    console.log(`${head} | nothing | – | – | – | – | ${tail}`)
    sums.nulls += 1
    sums.loud += findings.length > 0 ? 1 : 0
  }
  for (const [at, { exact, found, told }] of judged.effects.entries()) {
    const p = askOracle(counts[at]!)
    const isSeen = p * cycle.tested < 0.05
    const place = exact !== undefined && exact === found ? 'exact' : found === undefined ? '–' : 'wider'
    console.log(
      `${head} | ${describeEffect(effects[at]!)} | ${p.toPrecision(1)}${isSeen ? '' : ', too small'} | ${exact ?? '–'} | ${place} | ${told} | ${tail}`,
    )
    sums.effects += 1
    if (!isSeen) continue
    sums.seen += 1
    sums.top += exact !== undefined && exact <= 3 ? 1 : 0
    sums.found += found === undefined ? 0 : 1
    sums.exact += place === 'exact' ? 1 : 0
    sums.told += told
  }
  if (effects.length > 0) sums.others += judged.others.length
  if (options.keep) writeFileSync(join(folder, 'findings.json'), JSON.stringify(findings, null, 1))
  else rmSync(folder, { recursive: true, force: true })
}

console.log(
  '| world | planted | p of an oracle | rank of the exact slice | slice | findings of it | findings | of nothing planted | tested | s |\n|---|---|--:|--:|---|--:|--:|---|--:|--:|',
)
const named = options.trades.split(',').filter(Boolean)
for (const trade of trades.filter(({ name }) => named.length === 0 || named.includes(name))) {
  for (const seed of readSeeds(options.planted))
    await runWorld(trade, seed, trade.scenarios[(seed - 1) % trade.scenarios.length]!)
  for (const seed of readSeeds(options.null)) await runWorld(trade, seed, [])
}
const share = (part: number, all: number) => `${part} of ${all}${all > 0 ? ` (${(part / all).toFixed(2)})` : ''}`
console.log(`
${sums.effects} effects, ${sums.seen} of them large enough for an oracle.
In the top 3 with the exact slice: ${share(sums.top, sums.seen)}. Exact slice, of those found: ${share(sums.exact, sums.found)}.
Findings an effect: ${(sums.told / Math.max(1, sums.found)).toFixed(2)}. Findings of nothing planted: ${sums.others}.
Worlds in which nothing was planted and something is shown: ${share(sums.loud, sums.nulls)}.`)

/**
 * Whether what belongs together is told together: worlds with several effects at once, each of which shows in many slices and metrics,
 * one cycle a world, and the agreement (adjusted Rand index) of "told in one finding" with "moved by the same effect", over every
 * verdict that was told or merged and that one effect moved. `node bench/grouping.ts [WORLDS] [FIRST_SEED]`
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from '../src/findings/finding.ts'
import type { Slice } from '../src/hypotheses/hypothesis.ts'
import { adjustRandIndex } from './grouping/adjusted-rand-index.ts'
import { type Effect, fields, makeWorld } from './grouping/make-world.ts'

const [worlds = 12, firstSeed = 1] = process.argv.slice(2).map(Number)

interface Told {
  readonly metric: string
  readonly slice: Slice
}

const movedBy = { orders: ['rows'], value: ['rows', 'amount'], win_rate: ['chance'] } as const

/** By how much of itself an effect moves a slice: the part of the slice's rows that it touches, times its size. */
function measureTouch({ metric, slice }: Told, { slice: own, moves, factor }: Effect): number {
  if (!(movedBy[metric as keyof typeof movedBy] as readonly string[]).includes(moves)) return 0
  const share = own.reduce((product, { field, value }) => {
    const fixed = slice.find((one) => one.field === field)
    return product * (fixed ? Number(fixed.value === value) : (fields[field]?.[String(value)] ?? 0))
  }, 1)
  return share * Math.abs(factor - 1)
}

/** Of a slice that two effects moved, no finding is the right one, unless one of them moved it this many times as much. */
const clearly = 3

/** The effect that moved a slice; a name of its own where nothing did; undefined where several did. */
function nameCause(told: Told, effects: readonly Effect[], at: number): string | undefined {
  const touches = effects.map((effect) => measureTouch(told, effect))
  const [most = 0, second = 0] = touches.toSorted((a, b) => b - a)
  if (most === 0) return `nothing ${at}`
  return most >= clearly * second ? `effect ${touches.indexOf(most)}` : undefined
}

/**
 * What a merged finding was about, from its statement: `win rate with region north changed level`. None where it is of no slice, as in
 * `one value of team left the others in value`.
 */
function readStatement(statement: string): readonly Told[] {
  const metric = Object.keys(movedBy).find((name) => statement.startsWith(name.replace('_', ' ')))
  const pairs = statement.matchAll(/(?:with|and) (\w+) (\w+)/g)
  return metric ? [{ metric, slice: [...pairs].map(([, field, value]) => ({ field: field!, value: value! })) }] : []
}

function runCycle(folder: string, asOf: string): readonly Finding[] {
  const args = ['cycle', '--config', join(folder, 'hunch.yaml'), '--as-of', asOf, '--format', 'json']
  const hunch = join(import.meta.dirname, '../bin/hunch')
  return JSON.parse(execFileSync(hunch, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })).findings
}

const isSame = (a: Slice, b: Slice): boolean =>
  a.length === b.length && a.every(({ field, value }) => b.some((one) => one.field === field && one.value === value))

console.log(
  '| seed | effects | found, exact slice | findings | told or merged | agreement (ARI) |\n|--:|--:|--:|--:|--:|--:|',
)
const sums = { effects: 0, exact: 0, findings: 0, things: 0, agreement: 0 }
for (let seed = firstSeed; seed < firstSeed + worlds; seed++) {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-grouping-'))
  const { asOf, effects } = makeWorld(folder, seed, 2 + (seed % 3))
  const findings = runCycle(folder, asOf)
  rmSync(folder, { recursive: true, force: true })
  const groups = findings.map((finding) => [finding, ...finding.merged.flatMap(readStatement)] as readonly Told[])
  const all = groups.flatMap((group, at) => group.map((told) => ({ told, group: `finding ${at}` })))
  const things = all.flatMap(({ told, group }, at) => {
    const cause = nameCause(told, effects, at)
    return cause === undefined ? [] : [{ cause, group }]
  })
  const agreement = adjustRandIndex(
    things.map(({ cause }) => cause),
    things.map(({ group }) => group),
  )
  const exact = effects.filter((effect) =>
    findings.some((finding) => measureTouch(finding, effect) > 0 && isSame(finding.slice, effect.slice)),
  ).length
  const row = { effects: effects.length, exact, findings: findings.length, things: things.length, agreement }
  for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += row[name]
  console.log(`| ${seed} | ${row.effects} | ${exact} | ${row.findings} | ${row.things} | ${agreement.toFixed(3)} |`)
}
const { effects, exact, findings, things, agreement } = sums
console.log(`| all | ${effects} | ${exact} | ${findings} | ${things} | mean ${(agreement / worlds).toFixed(3)} |`)

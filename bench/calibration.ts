/**
 * How often each detector cries wolf where nothing happens, as a Markdown table: the share of p-values at most 5%, 1% and 0.1%, and
 * the smallest one. `node bench/calibration.ts [rounds a cell] [detector …]` keeps what it measured in
 * `src/detectors/examples/false-alarms.json`, from where the reference pages take it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { detectors } from '../src/detectors/index.ts'
import { countAlarms, listWorlds } from '../src/detectors/simulation/count-alarms.ts'
import { lives } from '../src/detectors/simulation/simulate-series.ts'

const kept = new URL('../src/detectors/examples/false-alarms.json', import.meta.url)
const [rounds = '2000', ...names] = process.argv.slice(2)
const levels = [0.05, 0.01, 0.001] as const
const chosen = names.length > 0 ? names : detectors.map(({ name }) => name)
const measured = JSON.parse(readFileSync(kept, 'utf8')) as Record<string, Record<string, readonly number[]>>

/** An outage is a shift of level, and its first day an outlier, and fading a trend: who tells them is right. */
const events: Readonly<Record<string, readonly string[]>> = {
  level_shift: ['out of order at times'],
  trend_change: ['out of order at times'],
  outlier: ['out of order at times'],
  trend: ['out of order at times', 'fading to few'],
}

/** What happens in a world is no false alarm of the detector that is there for it; growth is a trend. */
const isTrue = (name: string, world: string) => {
  const life = lives[world]
  if (events[name]?.includes(world)) return true
  return name === 'trend' && life !== undefined && life.growth !== 0 && life.distribution !== 'binomial ratio'
}

console.log(`${Number(rounds).toLocaleString('en-US')} a cell; shares of p-values at most 5%, 1%, 0.1%.\n`)
console.log('| detector | world | tested | 5% | 1% | 0.1% | smallest p |\n|---|---|--:|--:|--:|--:|--:|')
for (const name of chosen) {
  const worlds: Record<string, readonly number[]> = {}
  for (const world of listWorlds(name)) {
    if (isTrue(name, world)) continue
    const { tested, counts, least } = countAlarms(name, world, Number(rounds), levels, 1)
    // numbers of another kind than it compares
    if (tested === 0) continue
    worlds[world] = [tested, ...counts]
    const shares = counts.map((count) => `${((100 * count) / tested).toFixed(2)}%`)
    console.log(`| ${name} | ${world} | ${tested} | ${shares.join(' | ')} | ${least.toExponential(1)} |`)
  }
  measured[name] = worlds
}
writeFileSync(kept, `${JSON.stringify(measured, null, 2)}\n`)

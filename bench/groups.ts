/**
 * How long the detectors of groups (conversions, cohorts, durations, samples, strata) take for one verdict on one core: on the plain
 * calm world of their shape and on the largest ones. `node bench/groups.ts`
 */
import { detectors } from '../src/detectors/index.ts'
import { calmWorlds } from '../src/detectors/simulation/calm-worlds.ts'
import { createRandom, type Random } from '../src/stats/random.ts'

const shapes: readonly string[] = ['conversions', 'cohorts', 'durations', 'samples', 'strata']
const titles: readonly string[] = ['plain', 'very many', 'many cohorts']
/** Time of this process alone: other work on the machine does not count. */
const cpuMs = () => process.cpuUsage().user / 1000

console.log('| detector | world | ms |\n|---|---|--:|')
for (const { name, shape, detect, options } of detectors) {
  if (!shapes.includes(shape)) continue
  const judge = detect as (data: unknown, options: unknown) => unknown
  const worlds = (calmWorlds[shape] ?? {}) as Record<string, (random: Random) => unknown>
  for (const [title, draw] of Object.entries(worlds)) {
    if (!titles.includes(title)) continue
    const random = createRandom(1)
    const drawn = Array.from({ length: title === 'plain' ? 200 : 10 }, () => draw(random))
    for (const data of drawn.slice(0, 5)) judge(data, options.parse({}))
    const start = cpuMs()
    for (const data of drawn) judge(data, options.parse({}))
    console.log(`| ${name} | ${title} | ${((cpuMs() - start) / drawn.length).toFixed(2)} |`)
  }
}

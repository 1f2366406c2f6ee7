/**
 * Looks for texts that crash the compiler: `node bench/fuzz-language.ts [runs] [seed]`, a million by default. Prints the first text
 * that does and exits with 1.
 */
import { exampleFiles } from '../tests/support/explorations.ts'
import { findCrash } from '../tests/support/find-crash.ts'
import { createRandom, inventText, mutateText } from '../tests/support/mutate-text.ts'

const runs = Number(process.argv[2] ?? 1_000_000)
const random = createRandom(Number(process.argv[3] ?? Date.now() % 2 ** 32))
const startedAt = performance.now()

for (let run = 0; run < runs; run++) {
  const text = run % 3 === 0 ? inventText(random) : mutateText(exampleFiles[run % exampleFiles.length]!.text, random)
  const crash = findCrash(text)
  if (crash !== undefined) {
    console.error(`run ${run}: ${crash}\n\n${text}`)
    process.exit(1)
  }
  if (run > 0 && run % 100_000 === 0) console.error(`${run} texts`)
}
console.log(`${runs} texts, no crash, ${Math.round((performance.now() - startedAt) / 1000)} s`)

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../../src/stats/random.ts'

/** Puts the rows of each csv of a workspace in another order; the same rows. */
export function shuffleRows<W extends { readonly folder: string }>(workspace: W, seed: number): W {
  const data = join(workspace.folder, 'data')
  for (const [place, name] of readdirSync(data).sort().entries()) {
    const [head, ...rows] = readFileSync(join(data, name), 'utf8').trimEnd().split('\n')
    const shuffled = createRandom(100 * seed + place).shuffle(rows)
    writeFileSync(join(data, name), `${[head, ...shuffled].join('\n')}\n`)
  }
  return workspace
}

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addPeriods } from '../../src/base/periods.ts'
import { createRandom } from '../../src/stats/random.ts'

const departments = ['Sales', 'IT', 'Finance', 'HR', 'Support'] as const
const categories = ['Travel', 'Assets', 'Services'] as const
const rowsCount = 600
const spanDays = 400

/** What stands in the table, to be found; nothing where it is left out. */
export interface StandingTruth {
  /** Expenses of HR cost so many times as much. */
  readonly hrCosts?: number
  /** Days of approval for each thousand. */
  readonly daysPerThousand?: number
  /** In the weeks of March and April, Travel is so many times as often what an expense is for. */
  readonly travelInSpring?: number
  /** Days by which approvals of IT take longer by the end; they begin to in the middle. */
  readonly itSlows?: number
}

/** A folder with one csv file of 600 expenses over 400 days, as somebody drops it to look what is in it. */
export function makeSmallTable(
  seed: number,
  { hrCosts = 1, daysPerThousand = 0, travelInSpring = 1, itSlows = 0 }: StandingTruth,
): string {
  const random = createRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'hunch-table-'))
  mkdirSync(join(folder, 'data'))
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.uniform() * list.length)]!
  const rows = Array.from({ length: rowsCount }, (_, at) => {
    const [department, plain] = [pick(departments), pick(categories)]
    const opened = addPeriods('2025-08-01', Math.floor((at * spanDays) / rowsCount), 'day')
    const isSpring = opened >= '2026-03-01' && opened < '2026-05-01'
    const category = isSpring && random.uniform() > 1 / travelInSpring ? 'Travel' : plain
    const late = department === 'IT' ? itSlows * Math.max(0, (2 * at) / rowsCount - 1) : 0
    const amount = Math.round(1000 * Math.exp(0.6 * random.normal()) * (department === 'HR' ? hrCosts : 1))
    const wait = Math.max(1, Math.round(6 + 2 * random.normal() + (daysPerThousand * amount) / 1000 + late))
    return [`E${at}`, opened, addPeriods(opened, wait, 'day'), department, category, amount].join(',')
  })
  const header = 'number,opened_on,processed_on,department,category,amount'
  writeFileSync(join(folder, 'data', 'expenses.csv'), `${[header, ...rows].join('\n')}\n`)
  return folder
}

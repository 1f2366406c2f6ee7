import { expect, test } from 'vitest'
import { listPeriods, utcCalendar } from '../../base/periods.ts'
import { alarmsMax } from '../../detectors/simulation/count-alarms.ts'
import { buildAccounts } from '../../hypotheses/accounts/build-accounts.ts'
import { createRandom, type Random } from '../../stats/random.ts'
import { judgeAccounts } from './judge-accounts.ts'

/** Weeks of customers none of whom did anything that others did not do at other times. */
interface Life {
  readonly accounts: number
  /** Shape of the gamma distribution of their levels, and its mean in events a week. */
  readonly shape: number
  readonly mean: number
  /** Dispersion of an account's weeks beyond chance. */
  readonly burst: number
  /** Share of accounts that leave for good in a week. */
  readonly leaving: number
  /** Growth of each account in a week, and half the height of a year's season. */
  readonly growth: number
  readonly season: number
  /** Share of accounts that begin in these weeks. */
  readonly joining: number
}

const calm: Life = { accounts: 200, shape: 0.7, mean: 12, burst: 0.1, leaving: 0, growth: 0, season: 0, joining: 0 }
const lives: Readonly<Record<string, Life>> = {
  'chance alone': { ...calm, burst: 0 },
  'levels from a gamma': calm,
  'a season, and growth': { ...calm, season: 0.4, growth: 0.02 },
  'some leave for good': { ...calm, leaving: 0.01 },
  'many leave and join': { ...calm, accounts: 400, leaving: 0.02, joining: 0.6 },
  'in bursts, hardly enough rows': { ...calm, mean: 3, burst: 1 },
  'few accounts, few of them large': { ...calm, accounts: 24, shape: 0.3, mean: 60 },
}

/** Events a week of an account that changes. */
const changedLevel = 30
const weeks = listPeriods('2025-12-22', '2026-09-28', 'week', utcCalendar)
/** An account's rows before the last two weeks, below which the scan leaves it out. */
const rowsMin = 20

interface Change {
  readonly account: number
  readonly factor: number
  /** Last weeks that are changed. */
  readonly weeks: number
}

/** Rows of a scan: as `writeAccountCounts` asks for them. */
function draw(random: Random, life: Life, changes: readonly Change[] = []) {
  const rows: (readonly [string, number, string, number])[] = []
  for (let account = 0; account < life.accounts; account++) {
    const change = changes.find((one) => one.account === account)
    const level = change ? changedLevel : (life.mean * random.gamma(life.shape)) / life.shape
    const start = !change && random.uniform() < life.joining ? random.integer(0, weeks.length - 1) : 0
    const end = change || life.leaving === 0 ? Number.POSITIVE_INFINITY : random.exponential() / life.leaving
    const own = weeks.map((week, at): readonly [string, number, string, number] => {
      const factor = change && at >= weeks.length - change.weeks ? change.factor : 1
      const shared = Math.exp(life.growth * at) * (1 + life.season * Math.sin((at / 52) * 2 * Math.PI))
      const isThere = at >= start && at - start < end
      const count = isThere ? random.negativeBinomial(level * factor * shared, life.burst) : 0
      return [week, account, `Company ${account}`, count]
    })
    const history = own.slice(0, -2).reduce((sum, [, , , count]) => sum + count, 0)
    if (history >= rowsMin) rows.push(...own.filter(([, , , count]) => count > 0))
  }
  return rows
}

const columns = ['week', 'id', 'name', 'events'].map((name) => ({ name }))
const judge = (rows: ReturnType<typeof draw>, seed?: number) =>
  judgeAccounts(
    buildAccounts({ columns, rows, period: 'week', keys: ['id', 'name'], measure: 'events' }, weeks, 'week'),
    seed,
  )

const rounds = 60
test.each(Object.entries(lives))('names nobody more often than it says: %s', (_, life) => {
  const random = createRandom(41)
  const pValues: number[] = []
  for (let round = 0; round < rounds; round++) {
    const judged = judge(draw(random, life))
    if (judged.status === 'tested') pValues.push(judged.numbers.pValue)
  }
  expect(pValues.length).toBe(rounds)
  for (const level of [0.05, 0.01, 0.001])
    expect(pValues.filter((p) => p <= level).length).toBeLessThanOrEqual(alarmsMax(rounds, level))
})

const planted: readonly Change[] = [
  { account: 3, factor: 0, weeks: 3 },
  { account: 8, factor: 0, weeks: 2 },
  { account: 5, factor: 6, weeks: 2 },
]

test.each(['levels from a gamma', 'a season, and growth'])('names exactly the accounts that changed: %s', (name) => {
  const random = createRandom(42)
  let [exact, sure] = [0, 0]
  for (let round = 0; round < 20; round++) {
    const judged = judge(draw(random, lives[name]!, planted))
    if (judged.status !== 'tested') continue
    const named = (judged.numbers.named ?? []).map(({ label }) => label).sort()
    if (judged.numbers.pValue < 1e-3) sure++
    if (named.join() === 'Company 3,Company 5,Company 8') exact++
  }
  expect(sure).toBeGreaterThanOrEqual(10)
  expect(exact).toBeGreaterThanOrEqual(13)
})

test('where accounts leave all the time, one that leaves is nothing unusual', () => {
  const random = createRandom(43)
  for (let round = 0; round < 10; round++) {
    const judged = judge(draw(random, lives['some leave for good']!, planted.slice(0, 1)))
    expect(judged.status === 'tested' && judged.numbers.pValue > 0.01).toBe(true)
  }
})

test('an account that went silent long ago is not told, and one that begins late is not judged', () => {
  const random = createRandom(44)
  const gone = { account: 3, factor: 0, weeks: 6 }
  const judged = judge(draw(random, { ...calm, joining: 0.5 }, [gone]))
  expect(judged.status === 'tested' && judged.numbers.pValue > 0.05).toBe(true)
  expect(judged.status === 'tested' && Number(judged.numbers.details.accounts_new) > 0).toBe(true)
})

test('numbers are by week, and a null replicate spreads what happened over the history', () => {
  const rows = draw(createRandom(45), calm, planted.slice(1, 2))
  const judged = judge(rows)
  expect(judged).toMatchObject({ numbers: { observed: 0, direction: 'down', to: null, periods: 2 } })
  expect(judged.status === 'tested' && Math.abs(judged.numbers.expected - 30) < 8).toBe(true)
  const pValues = Array.from({ length: 20 }, (_, seed) => judge(rows, seed)).flatMap((one) =>
    one.status === 'tested' ? [one.numbers.pValue] : [],
  )
  expect(pValues).toHaveLength(20)
  expect(pValues.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(alarmsMax(20, 0.05))
})

import { expect, test } from 'vitest'
import { addPeriods } from '../../base/periods.ts'
import { alarmsMax } from '../../detectors/simulation/count-alarms.ts'
import { readWaits } from '../../hypotheses/durations/build-durations.ts'
import { createRandom, type Random } from '../../stats/random.ts'
import { judgeDurations } from './judge-durations.ts'

const [today, days] = ['2026-10-01', 280]
const dayOf = Array.from({ length: days }, (_, ago) => addPeriods(today, -ago - 1, 'day'))

/** Tickets of accounts, 280 days of them. */
interface Queue {
  /** Tickets that are opened a day. */
  readonly perDay: number
  readonly hours: number
  /** Variance of the hazard from account to account, and from week to week, and how much of it stays from one week to the next. */
  readonly ofAccounts: number
  readonly ofWeeks: number
  readonly memory: number
}

const calm: Queue = { perDay: 4, hours: 30, ofAccounts: 0, ofWeeks: 0, memory: 0 }
const queues: Readonly<Record<string, Queue>> = {
  'chance alone': calm,
  'accounts alike': { ...calm, ofAccounts: 0.8 },
  'weeks alike': { ...calm, ofWeeks: 0.1 },
  'weeks and accounts alike': { ...calm, ofWeeks: 0.2, ofAccounts: 0.5 },
  'months until it happens': { ...calm, hours: 2000 },
  'few tickets': { ...calm, perDay: 1 },
}

function draw(random: Random, queue: Queue, factor = 1, lateDays = 0) {
  const accounts = Array.from({ length: 60 }, () =>
    queue.ofAccounts > 0 ? random.gamma(1 / queue.ofAccounts) * queue.ofAccounts : 1,
  )
  const rows: [string, number, number, string][] = []
  let weekly = 1
  for (let ago = days - 1; ago >= 0; ago--) {
    if (ago % 7 === 6) weekly = queue.ofWeeks > 0 ? random.gamma(1 / queue.ofWeeks) * queue.ofWeeks : 1
    for (let count = random.poisson(queue.perDay); count > 0; count--) {
      const account = random.integer(0, accounts.length - 1)
      const slower = ago < lateDays ? factor : 1
      const until = (random.exponential() * queue.hours * slower) / (accounts[account]! * weekly)
      const watched = 24 * (ago + random.uniform())
      rows.push([dayOf[ago]!, Math.min(until, watched), Number(until <= watched), `a${account}`])
    }
  }
  return rows
}

const columns = ['began', 'waited', 'happened', 'account'].map((name) => ({ name }))
const names = { began: 'began', waited: 'waited', happened: 'happened', account: 'account' }
const judge = (rows: ReturnType<typeof draw>, seed?: number) =>
  judgeDurations({ members: readWaits({ columns, rows, ...names }), today, options: { recent: 28 } }, seed)
const pValueOf = (judged: ReturnType<typeof judge>) => (judged.status === 'tested' ? judged.numbers.pValue : 1)

const rounds = 60
test.each(Object.entries(queues))('cries wolf no more often than it says, nor do replicates: %s', (_, queue) => {
  const random = createRandom(51)
  const [own, replicates]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    const rows = draw(random, queue)
    own.push(pValueOf(judge(rows)))
    replicates.push(pValueOf(judge(rows, round)))
  }
  for (const pValues of [own, replicates])
    for (const level of [0.05, 0.01])
      expect(pValues.filter((pValue) => pValue <= level).length).toBeLessThanOrEqual(alarmsMax(rounds, level))
})

test('finds that it takes twice as long, for whom it has not happened yet too, whatever the order of the rows', () => {
  const random = createRandom(52)
  const rows = draw(random, { ...calm, perDay: 10, ofAccounts: 0.5, ofWeeks: 0.02 }, 2.5, 21)
  const judged = judge(rows)
  expect(judged).toMatchObject({ status: 'tested', numbers: { direction: 'up', from: '2026-09-03', to: null } })
  expect(pValueOf(judged)).toBeLessThan(1e-3)
  expect(judge(random.shuffle([...rows]))).toEqual(judged)
})

test('says why it cannot tell', () => {
  expect(judge([])).toMatchObject({ status: 'untestable' })
  expect(judge(draw(createRandom(53), calm).slice(-30))).toMatchObject({ status: 'untestable' })
})

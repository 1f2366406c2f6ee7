import { expect, test } from 'vitest'
import { addPeriods, type Day, utcCalendar } from '../../base/periods.ts'
import { type ProfileInput, profileModel } from './profile-model.ts'

const asOf = '2026-09-30'

/** Rows of the days before and on `asOf`; `rowsOf` gets the number of days before it. */
function countRows(days: number, rowsOf: (ago: number, day: Day) => number): ReadonlyMap<Day, number> {
  const rows = new Map<Day, number>()
  for (let ago = days - 1; ago >= 0; ago--) {
    const day = addPeriods(asOf, -ago, 'day')
    if (rowsOf(ago, day) > 0) rows.set(day, rowsOf(ago, day))
  }
  return rows
}

const look = (rows: ReadonlyMap<Day, number>, more: Partial<ProfileInput> = {}) =>
  profileModel({
    model: 'invoice',
    time: 'issued_at',
    rows,
    hasLater: true,
    valueCounts: {},
    asOf,
    calendar: utcCalendar,
    events: [],
    ...more,
  })

const weekdayOf = (day: Day) => new Date(`${day}T00:00:00Z`).getUTCDay()

test('a table with many rows a day is judged by the day, a year and a month back', () => {
  const { profile, dataUntil, withheld } = look(countRows(600, () => 50))
  expect(profile?.history).toEqual({ grain: 'day', periods: 400, today: '2026-10-01' })
  expect(dataUntil).toBe(asOf)
  expect(withheld).toEqual([])
})

test('a young table leaves out its first day, which may have begun in its middle', () => {
  expect(look(countRows(100, () => 50)).profile?.history.periods).toBe(99)
})

test('a table with few rows a day is judged by the week', () => {
  const { profile } = look(countRows(300, (ago) => 1 + (ago % 3)))
  expect(profile?.history.grain).toBe('week')
  // 299 days hold 42 weeks from Monday to Sunday that are over on Wednesday 30 September
  expect(profile?.history.periods).toBe(42)
})

test('a table with a total a day is judged by the day, however few its rows are', () => {
  expect(look(countRows(300, (ago) => (ago % 40 === 0 ? 0 : 2))).profile?.history.grain).toBe('day')
  expect(look(countRows(300, (ago) => [1, 2, 2, 1, 3, 2, 1][ago % 7]!)).profile?.history.grain).toBe('week')
})

test('single days without a row are how a small table lives where they come all the time; a long gap is a hole all the same', () => {
  const lively = (ago: number) => (ago % 13 === 4 ? 0 : 8)
  expect(look(countRows(300, lively)).profile?.missing).toEqual([])
  const { profile } = look(countRows(300, (ago) => (ago >= 20 && ago <= 24 ? 0 : lively(ago))))
  expect(profile?.missing).toHaveLength(5)
})

test('days without any row are a hole in the data, and said', () => {
  const { profile, withheld } = look(countRows(300, (ago) => (ago >= 5 && ago <= 7 ? 0 : 50)))
  expect(profile?.missing).toEqual(['2026-09-23', '2026-09-24', '2026-09-25'])
  expect(withheld).toEqual([{ what: 'invoice by issued_at', why: 'has no rows at all from 2026-09-23 to 2026-09-25' }])
})

test('many days without rows are said in one line, with what to do where they are holidays', () => {
  const holidays = [20, 61, 90, 130]
  const { withheld } = look(countRows(300, (ago) => (holidays.includes(ago) ? 0 : 50)))
  expect(withheld).toEqual([
    {
      what: 'invoice by issued_at',
      why: 'has no rows at all on 2026-05-23, on 2026-07-02, on 2026-07-31, on 2026-09-10. If these are holidays, declare them as `events` in the catalog',
    },
  ])
})

test('a weekday on which nothing ever happens is no hole', () => {
  const { profile, withheld } = look(countRows(300, (_, day) => (weekdayOf(day) === 6 ? 0 : 50)))
  expect(profile?.missing).toEqual([])
  expect(withheld).toEqual([])
})

test('a declared holiday without rows is no hole', () => {
  const events = [{ name: 'Closed', from: '2026-09-23', to: '2026-09-25' }]
  expect(
    look(
      countRows(300, (ago) => (ago >= 5 && ago <= 7 ? 0 : 50)),
      { events },
    ).profile?.missing,
  ).toEqual([])
})

test('data that end early are judged as missing for a few days, and withheld after a week', () => {
  expect(look(countRows(300, (ago) => (ago < 2 ? 0 : 50))).profile?.missing).toEqual(['2026-09-29', '2026-09-30'])
  const { profile, withheld } = look(countRows(300, (ago) => (ago < 8 ? 0 : 50)))
  expect(profile).toBeUndefined()
  expect(withheld[0]?.why).toBe('has no rows since 2026-09-22')
})

test('a low last day that nothing follows may have come in part, and is held back', () => {
  const rows = countRows(300, (ago) => (ago === 0 ? 20 : 50 + (ago % 3)))
  const { profile, dataUntil, withheld } = look(rows, { hasLater: false })
  expect(profile?.history.today).toBe(asOf)
  expect(profile?.missing).toEqual([])
  expect(dataUntil).toBe('2026-09-29')
  expect(withheld).toEqual([
    {
      what: 'invoice by issued_at',
      why: 'may have come only in part on 2026-09-30, so that it is judged up to 2026-09-29: nothing follows that day, and it has fewer rows than the same weekday in each of the 8 weeks before',
    },
  ])
})

test('a low last day is judged when rows follow it, and a usual one whether or not', () => {
  const low = countRows(300, (ago) => (ago === 0 ? 20 : 50))
  expect(look(low, { hasLater: true })).toMatchObject({ dataUntil: asOf, withheld: [] })
  const lowest = countRows(300, (ago) => (ago === 0 ? 42 : 50))
  expect(look(lowest, { hasLater: false })).toMatchObject({ dataUntil: asOf, withheld: [] })
  const usual = countRows(300, (ago) => (ago % 7 === 0 ? 20 : 50))
  expect(look(usual, { hasLater: false })).toMatchObject({ dataUntil: asOf, withheld: [] })
})

test('up to three low last days may have come in part; a table that is low for longer is judged', () => {
  const low = (days: number) =>
    look(
      countRows(300, (ago) => (ago < days ? 20 : 50)),
      { hasLater: false },
    )
  expect(low(3).dataUntil).toBe('2026-09-27')
  expect(low(3).withheld[0]?.why).toMatch(
    /^may have come only in part from 2026-09-28 to 2026-09-30, so that it is judged up to 2026-09-27: nothing follows these days/,
  )
  expect(low(4)).toMatchObject({ dataUntil: asOf, withheld: [] })
})

test('days that came twice are holes, and fields that broke are not asked about; both are said', () => {
  const broken = new Map([['country', { from: '2026-09-21', to: asOf, share: 0.9, usual: 0 }]])
  const { profile, withheld } = look(
    countRows(300, () => 50),
    { broken, repeated: new Map([['2026-09-10', 0.5]]) },
  )
  expect(profile).toMatchObject({ missing: ['2026-09-10'], brokenFields: ['country'] })
  expect(withheld.map(({ why }) => why)).toEqual([
    'has rows twice on 2026-09-10: 50% of them have a key that is there already, and the day is left out',
    '`country` is empty in 90% of the rows from 2026-09-21 on, otherwise in 0%: nothing is cut or counted by it',
  ])
})

test('of a table that is days behind the others, the last day that came in part is held back', () => {
  const rows = countRows(300, (ago) => (ago < 2 ? 0 : ago === 2 ? 20 : 50))
  const { profile, withheld } = look(rows, { hasLater: false })
  expect(profile?.history.today).toBe('2026-09-28')
  expect(withheld).toHaveLength(1)
})

test('too little history is withheld', () => {
  expect(look(countRows(20, () => 50)).withheld[0]?.why).toBe('has 19 full days of data; 28 are needed')
  expect(look(new Map()).withheld[0]?.why).toBe('has no rows in the days looked at')
})

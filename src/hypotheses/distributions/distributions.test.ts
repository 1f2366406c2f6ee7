import { expect, test } from 'vitest'
import { expectAccepted } from '../../base/diagnostic.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { compile } from '../../dsl/compile.ts'
import { planOwnScans } from '../plan-own-scans.ts'
import type { ModelProfile } from '../series/draft-scans.ts'
import { templates } from '../templates/index.ts'
import { listMeasuredValues } from './list-measured-values.ts'
import { writeDriftTest } from './write-drift-test.ts'

const text = `models:
  account:
    table: accounts
    key: id
    fields: { id: { type: number } }
    semantics: { kind: account }
  invoice:
    table: invoices
    key: id
    label: Invoice
    fields:
      id: { type: number }
      account_id: { type: number }
      amount: { type: number, label: Net amount }
      tax: { type: number, pii: true }
      hours: { type: number }
      status: { type: text }
      issued_on: { type: date }
      paid_on: { type: date }
    relations: { account: { to: account, one: account_id } }
    metrics:
      invoices: { measure: count(), time: issued_on }
      failed: { measure: sum(hours where status = "failed"), time: issued_on }
      revenue: { measure: sum(amount), time: issued_on, unit: EUR, format: money }
      paid: { measure: sum(amount), time: paid_on, unit: EUR, format: money }
      taxes: { measure: sum(tax), time: issued_on }
      waited: { measure: median(hours), time: issued_on }
`
const catalog = expectAccepted(parseCatalog([{ name: 'catalog.yaml', text }]))
const profile = (of: Partial<ModelProfile> = {}): ModelProfile => ({
  model: 'invoice',
  time: 'issued_on',
  history: { grain: 'day', periods: 400, today: '2026-10-01' },
  missing: [],
  valueCounts: {},
  ...of,
})
const plan = (of?: Partial<ModelProfile>) => {
  const { own, leftOut } = planOwnScans({ catalog, profiles: [profile(of)], templates })
  return { scans: own.filter(({ scan }) => scan.reads === 'values'), leftOut }
}

test('each field that a metric measures whole is asked about once, private ones are not', () => {
  expect(
    listMeasuredValues(catalog).map(({ field, time, subject }) => [field, time, subject.label, subject.unit]),
  ).toEqual([
    ['amount', 'issued_on', 'Invoice, net amount', 'EUR'],
    ['hours', 'issued_on', 'Invoice, hours', undefined],
  ])
})

test('the rows of whole weeks are read once for all fields of a model', () => {
  const { scans } = plan()
  expect(scans.map(({ scan: { from, to, metrics }, hypotheses }) => [from, to, metrics, hypotheses])).toEqual([
    ['2026-03-19', '2026-10-01', ['amount_values', 'hours_values'], { distribution_drifted: 2 }],
  ])
  expect(scans[0]!.scan.text).toMatchInlineSnapshot(`
    "as of 2026-10-01
    from invoice
    where issued_on in last 196 days
    show day(issued_on) as day, account.id as account, amount as value_0, hours as value_1
    "
  `)
  expect(plan({ rowsPerDay: 1000 }).scans[0]?.scan.from).toBe('2026-05-07')
  expect(plan({ rowsPerDay: 9000 }).leftOut[0]?.why).toMatch(/^values are compared row by row/)
  expect(plan({ history: { grain: 'day', periods: 90, today: '2026-10-01' } }).scans).toEqual([])
  expect(plan({ brokenFields: ['amount'] }).scans[0]?.scan.metrics).toEqual(['hours_values'])
})

test('a field is a question of its own that compiles', () => {
  const history = { grain: 'day', periods: 196, today: '2026-10-01' } as const
  const asked = writeDriftTest({ model: 'invoice', time: 'issued_on', history, account: 'account.id' }, 'amount', 28)
  const compiled = compile(asked, { catalog, calendar: catalog.calendar, asOf: '2026-10-01', dialect: 'duckdb' })
  expect(compiled.diagnostics).toEqual([])
  expect(compiled.ok && compiled.value.test).toMatchObject({
    detector: 'drift',
    by: ['account'],
    options: { recent: 28 },
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { renderDiagnostic } from '../../base/code-frame.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { draftCatalog } from '../../catalog/draft/draft-catalog.ts'
import { writeDraft } from '../../catalog/draft/write-draft.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { checkCatalog } from '../../dsl/check/check-catalog.ts'
import { checkWarehouse } from '../../warehouse/check-warehouse.ts'
import { openWarehouse } from '../../warehouse/open-warehouse.ts'
import { inspectWarehouse } from './inspect-warehouse.ts'

/** The draft for a folder of csv files, as text and as the catalog that it is. It must pass every check but those of `doubts`. */
async function draft(
  files: Readonly<Record<string, readonly string[]>>,
  doubts: readonly string[] = [],
): Promise<{ text: string; catalog: Catalog }> {
  const folder = mkdtempSync(join(tmpdir(), 'hunch-inspect-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, lines] of Object.entries(files)) writeFileSync(join(folder, `${name}.csv`), `${lines.join('\n')}\n`)
  const warehouse = await openWarehouse(`files:${folder}`, { folder })
  onTestFinished(() => warehouse.close())
  const models = draftCatalog(await inspectWarehouse(warehouse, () => undefined))
  const sources = models.map((model) => ({ name: `${model.name}.yaml`, text: writeDraft(model, 'files:./data') }))
  const outcome = parseCatalog(sources)
  if (!outcome.ok) throw new Error(outcome.diagnostics.map(renderDiagnostic).join('\n'))
  expect(checkCatalog(outcome.value)).toEqual([])
  expect((await checkWarehouse(outcome.value, warehouse)).map(({ code }) => code)).toEqual(doubts)
  return { text: sources.map(({ text }) => text).join('\n'), catalog: outcome.value }
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index)
const day = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10)

const customers = [
  'customer_id,email,plan',
  ...range(20).map((i) => `${i + 100},c${i}@example.com,${i % 2 ? 'pro' : 'free'}`),
]
const orders = [
  'order_no,customer_id,ordered_at,shipped_at,status,is_gift,amount',
  ...range(120).map((i) => {
    const at = `${day(i % 60)} 10:00:00`
    return `O${i},${100 + (i % 20)},${at},${day((i % 60) + 2)} 10:00:00,${i % 9 ? 'done' : 'failed'},${i % 3 ? 0 : 1},${i + 0.5}`
  }),
]
const orderLines = [
  'order_no,line,quantity,unit_price',
  ...range(240).map((i) => `O${Math.floor(i / 2)},${(i % 2) + 1},${i % 7},${(i % 5) + 0.25}`),
]

test('keys, relations, vocabularies, personal data and metrics are found, and the draft passes every check', async () => {
  const { catalog } = await draft({ customers, orders, order_lines: orderLines })
  const { customer, order, order_line: line } = catalog.models
  expect(order?.key).toEqual(['order_no'])
  expect(line?.key).toEqual(['order_no', 'line'])
  expect(order?.relations.customer).toMatchObject({
    to: 'customer',
    cardinality: 'one',
    pairs: [{ own: 'customer_id', other: 'customer_id' }],
  })
  expect(customer?.relations.orders).toMatchObject({ to: 'order', cardinality: 'many' })
  expect(customer?.fields.email).toMatchObject({ pii: true })
  expect(customer?.fields.plan?.values).toEqual([
    { value: 'free', label: 'Free' },
    { value: 'pro', label: 'Pro' },
  ])
  expect(Object.keys(order?.metrics ?? {})).toEqual([
    'orders',
    'orders_shipped',
    'active_customers',
    'total_amount',
    'average_amount',
    'gift_rate',
    'failure_rate',
    'hours_to_shipped',
  ])
  expect(order?.metrics.orders).toMatchObject({ time: 'ordered_at', slices: ['is_gift', 'customer.plan'] })
  expect(order?.metrics.hours_to_shipped).toMatchObject({ time: 'shipped_at', unit: 'hours', format: 'duration' })
})

test('keys by the first letter, things by their day, pairs, people who name others, codes and secrets are told apart', async () => {
  const coupons = ['cid,code,percent', ...range(10).map((i) => `${i + 1},SAVE${i},${i * 5}`)]
  const transactions = [
    'txid,coupon_id,sender_type,created_at',
    ...range(40).map((i) => `${i + 1},${(i % 10) + 1},${i % 2},${day(i)} 10:00:00`),
  ]
  const members = [
    'memid,name,api_key,recommendedby',
    ...range(20).map((i) => `${i + 1},Ann ${i},k${i}x,${i > 3 ? Math.ceil(i / 4) : ''}`),
  ]
  const balances = [
    'memid,taken_on,balance',
    ...range(40).map((i) => `${(i % 20) + 1},${day(Math.floor(i / 20))},${i % 7}`),
  ]
  const memberCoupons = ['coupon_id,member_id', ...range(5).map((i) => `${i + 1},${(i % 3) + 1}`)]
  const diagnoses = ['diag_id,diag_code', ...range(5).map((i) => `${i + 1},D${i}`)]
  const { catalog, text } = await draft({
    coupons,
    transactions,
    members,
    balances,
    member_coupons: memberCoupons,
    diagnoses,
  })
  const { coupon, transaction, member, balance, member_coupon: pair, diagnosis } = catalog.models
  expect(coupon?.key).toEqual(['cid'])
  expect(transaction?.relations.coupon?.pairs).toEqual([{ own: 'coupon_id', other: 'cid' }])
  expect(transaction?.fields.sender_type?.values).toEqual([])
  expect(Object.keys(transaction?.metrics ?? {})).not.toContain('sender_type_rate')
  expect(balance?.key).toEqual(['memid', 'taken_on'])
  expect(pair?.key).toEqual(['coupon_id', 'member_id'])
  expect(member?.relations.recommendedby_member).toMatchObject({ to: 'member', cardinality: 'one' })
  expect(member?.relations.children).toMatchObject({ to: 'member', cardinality: 'many' })
  expect(Object.keys(member?.fields ?? {})).toEqual(['memid', 'name', 'recommendedby'])
  expect(text).toContain('`api_key` left out as secret by the name')
  expect(diagnosis?.key).toEqual(['diag_id'])
})

test('a table without a time takes that of the row it belongs to', async () => {
  const { catalog } = await draft({ customers, orders, order_lines: orderLines })
  const line = catalog.models.order_line
  expect(line?.source).toEqual({
    sql: [
      'select own.*, parent."ordered_at"',
      'from "order_lines" as own',
      'left join "orders" as parent on parent."order_no" = own."order_no"',
    ].join('\n'),
  })
  expect(line?.metrics.revenue).toMatchObject({ measure: 'sum(quantity * unit_price)', time: 'ordered_at' })
})

test('every guess says why, and doubt is said', async () => {
  const { text } = await draft({ orders, notes: ['a,b', 'x,1', 'x,1', 'y,2'] }, ['repeated-key'])
  expect(text).toMatchInlineSnapshot(`
    "# Drafted by \`hunch init\` from files:./data: guesses from names and rows. Mend what is wrong, and run \`hunch check\`.
    models:
      note:
        table: notes # 3 rows
        key: a # GUESS: no column and no pair of columns identifies a row; name those that do
        label: Note
        fields:
          a: { type: text }
          b: { type: number } # 1 to 2
        semantics: { kind: other }
        # no metrics: no column says when a row came to be

    # Drafted by \`hunch init\` from files:./data: guesses from names and rows. Mend what is wrong, and run \`hunch check\`.
    models:
      order:
        table: orders # 120 rows
        key: order_no # unique and never empty
        label: Order
        fields:
          order_no:    { type: text, hidden: true } # the key
          customer_id: { type: number } # 100 to 119
          ordered_at:  { type: timestamp } # 2026-01-01 to 2026-03-01
          shipped_at:  { type: timestamp } # 2026-01-03 to 2026-03-03
          status:      { type: text, values: { done: Done, failed: Failed } }
          is_gift:     { type: number, values: { "0": "No", "1": "Yes" } }
          amount:      { type: number } # 0.5 to 119.5
        semantics: { kind: other, created: ordered_at }
        portrait: true # few rows: what stands in them is told, too, not only what is new; take it out when you know them
        # not sliced by \`status\`, which changes as a row grows older: the latest rows would always look different
        metrics:
          # rows by \`ordered_at\`
          orders:
            label: Orders
            measure: count()
            time: ordered_at
            slices: [is_gift]
            unit: orders
          # rows by \`shipped_at\`
          orders_shipped:
            label: Orders shipped
            measure: count()
            time: shipped_at
            slices: [is_gift]
            unit: orders
          total_amount:
            label: Total amount
            measure: sum(amount)
            time: ordered_at
            slices: [is_gift]
            format: money
          average_amount:
            label: Average amount
            measure: avg(amount)
            time: ordered_at
            slices: [is_gift]
            format: money
          # share of rows where \`is_gift\` is yes
          gift_rate:
            label: Gift rate
            measure: "count(where is_gift = 1) / count()"
            time: ordered_at
            slices: [is_gift]
            format: percent
          # share of rows whose \`status\` is \`failed\`
          failure_rate:
            label: Failure rate
            measure: "count(where status = \\"failed\\") / count()"
            time: ordered_at
            good: down
            slices: [is_gift]
            format: percent
          # from \`ordered_at\` to \`shipped_at\`, by the latter, so that only finished rows count
          hours_to_shipped:
            label: Hours to shipped
            measure: "avg(hours_between(ordered_at, shipped_at))"
            time: shipped_at
            good: down
            slices: [is_gift]
            unit: hours
            format: duration
    "
  `)
})

test('a column that is named like a key but holds others is no relation', async () => {
  const strangers = ['customer_id,ordered_at', ...range(30).map((i) => `${i + 900},${day(i)}`)]
  const { catalog } = await draft({ customers, orders: strangers })
  expect(catalog.models.order?.relations).toEqual({})
})

test('odd names of tables and columns become plain ones, and keep their columns', async () => {
  const { catalog } = await draft({
    '2026 sales': [
      'Order Date,where,Größe (cm),order-date,цена',
      ...range(30).map((i) => `${day(i)},a${i % 2},${i},${i},${i}`),
    ],
  })
  const model = catalog.models.n_2026_sale
  expect(model?.source).toEqual({ table: '2026 sales' })
  expect(Object.values(model?.fields ?? {}).map(({ name, column }) => [name, column])).toEqual([
    ['order_date', 'Order Date'],
    ['where_', 'where'],
    ['grosse_cm', 'Größe (cm)'],
    ['order_date_2', 'order-date'],
    ['unnamed', 'цена'],
  ])
  expect(model?.fields.unnamed?.label).toBe('цена')
})

test('cents are told in the currency, answers over HTTP by their errors, and orgs that are deleted as lost', async () => {
  const orgs = [
    'id,country,created_at,deleted_at',
    ...range(60).map((i) => `${i},${i % 2 ? 'EE' : 'FI'},${day(i)},${i % 3 ? '' : day(i + 30)}`),
  ]
  const calls = [
    'id,org_id,status,amount_cents,called_at',
    ...range(240).map((i) => `${i},${i % 60},${[200, 201, 404, 503][i % 4]},${100 + i},${day(i % 90)} 10:00:00`),
  ]
  const { catalog } = await draft({ orgs, calls })
  const { org, call } = catalog.models
  expect(org?.semantics?.kind).toBe('account')
  expect(org?.metrics.orgs_deleted?.good).toBe('down')
  expect(call?.metrics.total_amount).toMatchObject({ measure: 'sum(amount_cents) / 100', format: 'money' })
  expect(call?.metrics.average_amount?.measure).toBe('avg(amount_cents) / 100')
  expect(call?.metrics.error_rate).toMatchObject({ measure: 'count(where status >= 500) / count()', good: 'down' })
})

test('tables are told by what they hold, not by the layer they stand in', async () => {
  const { catalog } = await draft({
    dim_accounts: ['account_key,country,created_at', ...range(60).map((i) => `${i},${i % 2 ? 'EE' : 'FI'},${day(i)}`)],
    fct_orders: ['order_id,account_id,ordered_at', ...range(240).map((i) => `${i},${i % 60},${day(i % 90)}`)],
    stg_orders: ['order_id,ordered_at', ...range(240).map((i) => `${i},${day(i % 90)}`)],
    'Customer List': ['Name,Created', ...range(60).map((i) => `Firm ${i},${day(i)}`)],
  })
  expect(Object.keys(catalog.models).sort()).toEqual(['account', 'customer_list', 'order', 'stg_order'])
  expect(catalog.models.account?.semantics?.kind).toBe('account')
  expect(catalog.models.customer_list?.semantics?.kind).toBe('account')
  expect(catalog.models.order?.relations.account?.to).toBe('account')
})

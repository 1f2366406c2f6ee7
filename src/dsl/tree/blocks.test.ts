import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { readMarked } from '../../../tests/support/marked-source.ts'
import { expectAccepted, isError } from '../../base/diagnostic.ts'
import type { DiagnosticCode } from '../check/diagnostic-codes.ts'
import { compile } from '../compile.ts'
import { planExploration } from '../plan/plan-exploration.ts'
import { format } from '../text/format.ts'
import { parse } from '../text/parse.ts'
import { identify } from './identify.ts'

const paid =
  'block paid\nfrom invoice\nwhere status = "paid"\ngroup by month(paid_at): revenue = sum(amount)\n\nfrom account\ngroup by month(created_at): signups = count()\n'
const compileText = (text: string, context = {}) => expectAccepted(compile(text, { ...languageContext, ...context }))
const reformat = (text: string) => format(expectAccepted(parse(text)))

test('a block may be set in, end in a colon and lack empty lines; canonical text has none of that', () => {
  const written =
    '# of all\ntitle "Two"\n# money\nblock paid # only paid\n  from invoice\n  group by\n    status: n = count()\nblock `the rest`\n  from account\n# on\nfrom block paid\nappend block `the rest`'
  expect(reformat(written)).toMatchInlineSnapshot(`
    "# of all
    title "Two"
    # money
    block paid # only paid
    from invoice
    group by status: n = count()

    block \`the rest\`
    from account

    # on
    from block paid
    append block \`the rest\`
    "
  `)
  expect(reformat(reformat(written))).toBe(reformat(written))
})

test('the result may have a name, which is no part of its identity; blocks are', () => {
  const key = (text: string) => identify(expectAccepted(parse(text)))
  expect(key(`${paid}join block paid on month`)).toBe(
    key(`${paid}join block paid on month`.replace('\n\n', '\nblock x\n')),
  )
  expect(key(`${paid}join block paid on month`)).not.toBe(
    key(`${paid}join block paid on month`.replace('"paid"', '"open"')),
  )
})

test('an exploration without blocks has none in its tree', () => {
  expect(Object.keys(expectAccepted(parse('from account')))).toEqual(['dsl', 'header', 'steps'])
})

test('a block that is read twice is worked out once, under its name', () => {
  const text =
    'block big\nfrom account\nwhere mrr > 1000\n\nblock plans\nfrom block big\ngroup by plan: n = count()\n\nfrom block big\njoin block plans on plan\nshow name, plan, n'
  const { sql } = compileText(text)
  expect(sql.match(/FROM accounts/g)).toHaveLength(1)
  expect(sql.match(/\bbig AS \(/g)).toHaveLength(1)
  expect(sql.match(/FROM big/g)).toHaveLength(2)
})

test('no chain of blocks makes the plan grow beyond its text', () => {
  const blocks = Array.from({ length: 60 }, (_, at) => `block b${at + 1}\nfrom block b${at}\nappend block b${at}\n`)
  const text = `block b0\nfrom account\nshow plan\n\n${blocks.join('\n')}\nfrom block b60\ngroup by plan: n = count()`
  expect(compileText(text).sql.match(/UNION ALL/g)).toHaveLength(60)
})

test('relations of a block’s model may be followed where it is read', () => {
  const { sql, columns } = compileText(
    'block big\nfrom account\nwhere owner.role = "admin"\n\nfrom block big\nadd n = count(users)\nshow name, owner.email as owner, n',
  )
  expect(columns.map(({ name }) => name)).toEqual(['name', 'owner', 'n'])
  expect(sql.match(/AS owner/g)).toHaveLength(2)
})

test('steps are numbered through all blocks, and each is compiled on its own', () => {
  const text = `${paid}join block paid on month`
  const views = compileText(text).steps
  expect(views.map(({ block }) => block)).toEqual(['paid', 'paid', 'paid', undefined, undefined, undefined])
  expect(views.at(-1)?.sentence).toBe('Beside each row, put the revenue of “paid” of the same month')
  const cut = compileText(text, { upToStep: 2 })
  expect([cut.columns.map(({ name }) => name), cut.lints, cut.steps.length]).toEqual([['month', 'revenue'], [], 3])
  const on = compileText(text, { upToStep: 4 })
  expect([on.columns.map(({ name }) => name), on.lints, on.steps.length]).toEqual([['month', 'signups'], [], 5])
})

const block = (name: string, steps: string) => `block ${name}\n${steps}\n\n`
const plans = block('plans', 'from account\ngroup by plan, country: n = count()')

test.each<[DiagnosticCode, string, string]>([
  ['block-empty', '«block x»\nblock y\nfrom account', 'the block `x` has no steps'],
  ['block-unnamed', '«from account»\nblock y\nfrom account', 'these steps are neither a named block nor the result'],
  [
    'block-order',
    'block x\nfrom block «y»\n\nblock y\nfrom account\n\nfrom block x',
    'the block `y` is not above this one',
  ],
  ['block-order', 'block x\nfrom block «x»', 'the block `x` is not above this one'],
  ['block-taken', `${plans}«block plans»\nfrom account`, 'there is already a block `plans`'],
  ['from-first', 'from account\n«from user»', '`from` is the first step'],
  [
    'step-after-end',
    `block x\nfrom account\n«chart table»\n\nfrom block x`,
    '`chart` ends an exploration, and `x` is not its last block',
  ],
  ['unknown-block', 'from block «nix»', 'there is no block `nix`'],
  ['unknown-block', `${plans}from account\nappend block «nix»`, 'there is no block `nix`'],
  [
    'join-keys',
    `${plans}from account\njoin block plans on plan, country, «mrr»`,
    'there is no column `mrr` in `plans`',
  ],
  [
    'join-keys',
    `${plans}from user\nadd country = role\njoin block plans on «plan», country`,
    'there is no column `plan` here',
  ],
  [
    'join-keys',
    `${block('x', 'from account\ngroup by country = mrr: n = count()')}from account\njoin block x on «country»`,
    '`country` is a text here and a number in `x`',
  ],
  [
    'join-grain',
    `${plans}from account\ngroup by plan: m = count()\n«join block plans on plan»`,
    '`plans` may have several rows for one `plan`: it has one row for each plan and country',
  ],
  [
    'join-grain',
    `${block('x', 'from account\nshow plan, mrr')}from account\n«join block x on plan: mrr as m»`,
    '`x` may have several rows for one `plan`',
  ],
  [
    'join-grain',
    `${plans}from account\n«join block plans on plan, country keep all»`,
    '`keep all` puts rows of one grain side by side, and here is one row for each account',
  ],
  [
    'join-columns',
    `${block('x', 'from account\ngroup by plan')}from account\n«join block x on plan»`,
    '`x` has no column but its keys',
  ],
  [
    'type-mismatch',
    `${block('x', 'from account\nshow mrr as plan')}from account\nshow plan\n«append block x»`,
    '`plan` is a text here and a number in `x`',
  ],
])('%s in %j', (code, marked, message) => {
  const { text, span } = readMarked(marked)
  const errors = planExploration(text, languageContext).diagnostics.filter(isError)
  expect(errors.map((one) => [one.code, one.message])).toEqual([[code, message]])
  expect(errors[0]?.span).toEqual(span)
  expect(errors[0]?.hint ?? '').toMatch(/^[A-Z`].*[.?]$/s)
})

test.each([
  ['another spelling of a block', `${plans}from block Plan`, `${plans}from block plans`],
  [
    'a key that is missing',
    `${plans}from account\njoin block plans on plan`,
    `${plans}from account\njoin block plans on plan, country`,
  ],
  [
    'names that clash',
    `${plans}from account\nadd n = 1\njoin block plans on plan, country`,
    `${plans}from account\nadd n = 1\njoin block plans on plan, country: n as plans_n`,
  ],
])('mends %s', (_what, written, meant) => {
  const { tree, fixes } = expectAccepted(planExploration(written, languageContext))
  expect(format({ ...tree, header: {} })).toBe(`${meant}\n`)
  expect(fixes).toHaveLength(1)
})

test('a sum over one row that stands beside several is told', () => {
  const text = `${block('teams', 'from account\ngroup by plan: n = count()')}from account\njoin block teams on plan\n`
  const { lints } = compileText(`${text}group by country: n = sum(n)`)
  expect(lints).toMatchObject([{ code: 'shared-value', severity: 'warning' }])
  expect(compileText(`${text}group by country: n = max(n)`).lints).toEqual([])
  const alone = `${plans}from account\ngroup by plan, country: m = count()\njoin block plans on plan, country\n`
  expect(compileText(`${alone}group by country: n = sum(n)`).lints).toEqual([])
})

test('a key that is a relation meets the rows of its model', () => {
  const spend = block('spend', 'from invoice\ngroup by account: revenue = sum(amount)')
  const { columns } = compileText(`${spend}from account\njoin block spend on account\nshow name, revenue`)
  expect(columns.map(({ name }) => name)).toEqual(['name', 'revenue'])
  const big = block('big', 'from account\nwhere mrr > 1000')
  expect(compileText(`${big}from invoice\njoin block big on account: plan`).fixes).toEqual([])
  const outcome = planExploration(`${spend}from user\njoin block spend on account`, languageContext)
  expect(outcome.ok).toBe(true)
})

test('a block that nothing reads is told, and changes nothing', () => {
  const { lints, sql } = compileText(`${plans}from account\nshow name`)
  expect(lints).toMatchObject([{ code: 'block-unused', severity: 'warning' }])
  expect(sql).not.toContain('plans')
})

import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { planExploration } from '../plan/plan-exploration.ts'
import { format } from '../text/format.ts'

const mend = (text: string) => {
  const { tree } = expectAccepted(planExploration(text, languageContext))
  return format({ ...tree, header: {} }).trimEnd()
}

test.each([
  ['select * from accounts;', 'from account'],
  [
    'SELECT a.name, a.mrr\nFROM accounts AS a\nWHERE a.mrr > 0\nORDER BY a.created_at DESC\nLIMIT 3',
    'from account\nwhere mrr > 0\nsort created_at desc\nlimit 3\nshow name, mrr',
  ],
  ['select mrr * 12 as yearly from account order by yearly', 'from account\nshow mrr * 12 as yearly\nsort yearly'],
  ['select distinct country from account order by country', 'from account\nshow country\nunique\nsort country'],
  [
    "select plan, count(*) from account where country = 'EE' group by plan having count(*) > 3 order by 2 desc",
    'from account\nwhere country = "EE"\ngroup by plan: count()\nwhere count > 3\nsort count desc',
  ],
  [
    "select date_trunc('month', created_at) as month, sum(mrr) as total from account group by 1 order by 1",
    'from account\ngroup by month = month(created_at): total = sum(mrr)\nsort month',
  ],
  ['select avg(mrr), max(mrr) from account', 'from account\ngroup all: avg(mrr), max(mrr)'],
])('%s is mended to steps', (written, meant) => {
  expect(mend(written)).toBe(meant)
})

test.each([
  'select a.name, u.email from account a join users u on u.account_id = a.id',
  'select name from account, users',
  'select name from (select * from account) t',
  'select name from account union select email from user',
  'select rank() over (order by mrr) from account',
])('%s is told how an exploration begins', (written) => {
  const { diagnostics } = planExploration(written, languageContext)
  expect(diagnostics).toMatchObject([
    { message: 'a `select` of SQL is no exploration', fixes: [], hint: expect.stringContaining('Begin with `from`') },
  ])
})

/** The same questions in three languages, over the same four tables. `malloy` is a query over the sources of `malloyModel`. */
export const questions = [
  {
    name: 'count by key',
    hunch: 'from account\ngroup by plan: accounts = count()',
    malloy: 'run: accounts -> { group_by: plan; aggregate: n is count() }',
    prql: 'from accounts\ngroup {plan} (aggregate {n = count this})',
  },
  {
    name: 'filter, sort, limit',
    hunch: 'from account\nwhere plan = "pro" and mrr > 100\nsort mrr desc\nlimit 20\nshow name, mrr',
    malloy: "run: accounts -> { where: plan = 'pro' and mrr > 100; select: name, mrr; order_by: mrr desc; limit: 20 }",
    prql: 'from accounts\nfilter plan == "pro" && mrr > 100\nsort {-mrr}\ntake 20\nselect {name, mrr}',
  },
  {
    name: 'measure by month',
    hunch: 'from invoice\nwhere status = "paid"\ngroup by month(paid_at): revenue = sum(amount)',
    malloy: 'run: invoices -> { group_by: `month` is paid_at.month; aggregate: revenue }',
    prql: 'from invoices\nfilter status == "paid"\nderive month = s"date_trunc(\'month\', {paid_at})"\ngroup {month} (aggregate {revenue = sum amount})',
  },
  {
    name: 'key over a relation',
    hunch: 'from invoice\nwhere status = "paid"\ngroup by account.country: revenue = sum(amount)\ntop 5 by revenue',
    malloy: 'run: invoices -> { group_by: account.country; aggregate: revenue; order_by: revenue desc; limit: 5 }',
    prql: 'from i = invoices\njoin side:left a = accounts (i.account_id == a.id)\nfilter i.status == "paid"\ngroup {a.country} (aggregate {revenue = sum i.amount})\nsort {-revenue}\ntake 5',
  },
  {
    name: 'ratio of two counts',
    hunch: 'from account\ngroup by plan: share = count(where mrr > 0) / count()',
    malloy: 'run: accounts -> { group_by: plan; aggregate: share is count() { where: mrr > 0 } / count() }',
    prql: 'from accounts\ngroup {plan} (aggregate {paying = sum s"case when {mrr} > 0 then 1 end", n = count this})\nderive share = paying / n',
  },
  {
    name: 'average of a count',
    hunch: 'from account\nadd n_users = count(users)\ngroup by plan: avg_users = avg(n_users)',
    malloy:
      'run: users -> { group_by: account_id, plan is account.plan; aggregate: n is count() } -> { group_by: plan; aggregate: avg_users is n.avg() }',
    prql: 'from u = users\ngroup {u.account_id} (aggregate {n = count this})\njoin a = accounts (this.account_id == a.id)\ngroup {a.plan} (aggregate {avg_users = average n})',
  },
  {
    name: 'growth on the month before',
    hunch:
      'from invoice\nwhere status = "paid"\ngroup by month(paid_at): revenue = sum(amount)\nadd growth = revenue / previous(revenue) - 1',
    malloy:
      'run: invoices -> { group_by: `month` is paid_at.month; aggregate: revenue; calculate: growth is revenue / lag(revenue) - 1 }',
    prql: 'from invoices\nfilter status == "paid"\nderive month = s"date_trunc(\'month\', {paid_at})"\ngroup {month} (aggregate {revenue = sum amount})\nsort month\nwindow (derive {before = lag 1 revenue})\nderive growth = revenue / before - 1',
  },
  {
    name: 'distinct over two relations',
    hunch: 'from event\ngroup by day(at), user.account.plan: users = count_distinct(user)',
    malloy: 'run: events -> { group_by: `day` is at.day, user.account.plan; aggregate: users is count(user_id) }',
    prql: 'from e = events\njoin side:left u = users (e.user_id == u.id)\njoin side:left a = accounts (u.account_id == a.id)\nderive day = s"date_trunc(\'day\', {e.at})"\ngroup {day, a.plan} (aggregate {users = count_distinct e.user_id})',
  },
]

const columns = {
  accounts: { id: 'number', name: 'string', plan: 'string', country: 'string', mrr: 'number', created_at: 'timestamp' },
  users: { id: 'number', account_id: 'number', role: 'string', created_at: 'timestamp' },
  invoices: { id: 'number', account_id: 'number', amount: 'number', status: 'string', paid_at: 'timestamp' },
  events: { id: 'number', user_id: 'number', name: 'string', at: 'timestamp' },
}

/** What Malloy asks of a database while it compiles: the columns of tables. */
export const malloyConnection = {
  name: 'duckdb',
  dialectName: 'duckdb',
  getDigest: async () => 'bench',
  isPool: () => false,
  canPersist: () => false,
  canStream: () => false,
  close: async () => undefined,
  fetchSchemaForTables: async (tables) => ({
    schemas: Object.fromEntries(
      Object.entries(tables).map(([name, tablePath]) => [
        name,
        {
          type: 'table',
          name,
          tablePath,
          dialect: 'duckdb',
          connection: 'duckdb',
          fields: Object.entries(columns[tablePath]).map(([column, type]) => ({
            name: column,
            type,
            ...(type === 'number' ? { numberType: 'integer' } : {}),
          })),
        },
      ]),
    ),
    errors: {},
  }),
}

export const malloyModel = `
source: accounts is duckdb.table('accounts') extend { primary_key: id }
source: users is duckdb.table('users') extend { primary_key: id  join_one: account is accounts on account_id = account.id }
source: invoices is duckdb.table('invoices') extend {
  primary_key: id
  join_one: account is accounts on account_id = account.id
  measure: revenue is amount.sum() { where: status = 'paid' }
}
source: events is duckdb.table('events') extend { primary_key: id  join_one: user is users on user_id = user.id }
`

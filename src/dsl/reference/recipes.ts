/** A question that people ask often, and how it is asked. Each compiles in a test; the reference page shows them. */
export interface Recipe {
  readonly question: string
  /** What it teaches, where the text does not say it by itself. */
  readonly note?: string
  readonly text: string
}

const lists: readonly Recipe[] = [
  {
    question: 'Which accounts have no users? Which have an admin?',
    note: 'Existence is a condition; nothing is joined.',
    text: 'from account\nwhere none(users) and any(tickets where closed_at is empty)\nshow name',
  },
  {
    question: 'Users whose account is there, as an inner join would keep them',
    note: 'A look-up never drops a row. Where the question means "users that have an account", say so.',
    text: 'from user\nwhere account is not empty\nshow email, account.name as account',
  },
  {
    question: 'Accounts with both a paid and an open invoice',
    text: 'from account\nwhere any(invoices where status = "paid") and any(invoices where status = "open")\nshow name',
  },
  {
    question: 'The different countries, and the different pairs of plan and country',
    note: 'Keys without measures, or `unique` over what is shown.',
    text: 'from account\ngroup by plan, country',
  },
  {
    question: 'The account with the largest revenue, several where they are equal',
    text: 'from account\nadd revenue = sum(invoices.amount where status = "paid")\nwhere revenue is not empty\ntop 1 by revenue with ties\nshow name, revenue',
  },
  {
    question: 'Accounts that signed up on the first day of all',
    note: 'An aggregate over all rows that are there; the days between, the share of all and the like are written so, too.',
    text: 'from account\nwhere date(created_at) = min(date(created_at) per all)\nshow name',
  },
  {
    question: 'The two largest invoices of each account',
    text: 'from invoice\ntop 2 by amount per account\nshow account.name as account, amount',
  },
  {
    question: 'The last invoice of each account',
    note: 'One value: `last(x by y)`. The whole row: `top 1 by … per …`.',
    text: 'from account\nadd last_amount = last(invoices.amount by paid_at)\nshow name, last_amount',
  },
]

const numbers: readonly Recipe[] = [
  {
    question: 'Plans with more than ten accounts',
    note: 'A `where` behind a group is what SQL calls HAVING.',
    text: 'from account\ngroup by plan: accounts = count()\nwhere accounts > 10',
  },
  {
    question: 'Accounts that pay more than ten times the average',
    note: 'The average over all rows that are there stands in a condition as `avg(x per all)`.',
    text: 'from invoice\nwhere status = "paid"\ngroup by account: paid = sum(amount)\nwhere paid > 10 * avg(paid per all)',
  },
  {
    question: 'How many accounts have more than five users?',
    note: 'First for each row, then over all of them.',
    text: 'from account\nadd n_users = count(users)\nwhere n_users > 5\ngroup all: accounts = count()',
  },
  {
    question: 'How many users have how many accounts of each size?',
    note: 'A group of groups is two steps.',
    text: 'from user\ngroup by account: n_users = count()\ngroup by n_users: accounts = count()',
  },
  {
    question: 'What share of invoices is open, and what share of the revenue has each country?',
    text: 'from invoice\ngroup by account.country: open = share(status = "open"), revenue = sum(amount)\nadd part = revenue / total(revenue)',
  },
  {
    question: 'Each plan of a country beside the whole country and beside all',
    note: '`per` takes fewer keys than the group, `per all` none.',
    text: 'from account\ngroup by country, plan: part = count() / count(per country), of_all = count() / count(per all)',
  },
  {
    question: 'Counts side by side, one column a plan',
    note: '`count(where …)` counts what meets a condition; `count(x)` counts rows that have an `x`. `pivot` does it for every value.',
    text: 'from account\ngroup by country: free = count(where plan = "free"), paying = count(where plan != "free" and plan is not empty)',
  },
  {
    question: 'A sum that is 0, not empty, where there is nothing',
    text: 'from account\nadd paid = sum(invoices.amount where status = "paid") ?? 0\nshow name, paid',
  },
  {
    question: 'Totals at each level, as ROLLUP makes them',
    note: '`totals per` makes those of each; the one of all is a block of its own, put below.',
    text: 'block everything\nfrom account\ngroup all: accounts = count()\n\nfrom account\ngroup by country, plan: accounts = count()\ntotals per country\nshow country, plan, accounts\nappend block everything',
  },
  {
    question: 'How many users are there for each account? A number of one model beside one of another',
    note: 'A block of one row is put beside all rows, without keys.',
    text: 'block all_accounts\nfrom account\ngroup all: accounts = count()\n\nfrom user\ngroup all: users = count()\njoin block all_accounts\nadd for_each = users / accounts',
  },
  {
    question: 'Revenue over a many-to-many relation: start from the rows between',
    note: 'Rows of the model in the middle are the ones that add up.',
    text: 'from event\nwhere name = "login"\ngroup by user.account.plan: logins = count(), accounts = count_distinct(user.account)',
  },
]

const times: readonly Recipe[] = [
  {
    question: 'Revenue by month, months without any as 0, with growth and the same month of last year',
    text: 'from invoice\nwhere status = "paid" and paid_at in last 24 months\ngroup by month(paid_at): revenue = sum(amount)\nfill month with 0\nadd growth = pct_change(revenue)\nadd year_ago = previous(revenue, 12 months)',
  },
  {
    question: 'Daily and monthly active users, and how sticky that is',
    text: 'from event\ngroup by day(at): dau = count_distinct(user), mau = count_distinct(user over 30 days)\nadd stickiness = dau / mau',
  },
  {
    question: 'A running total',
    text: 'from account\ngroup by month(created_at): signups = count()\nadd so_far = running_sum(signups)',
  },
  {
    question: 'This month so far against the same days of last month',
    text: 'from invoice\ngroup all: now = sum(amount where paid_at in month to date), before = sum(amount where paid_at in month to date 1 month ago)',
  },
  {
    question: 'Metrics of several models side by side',
    note: 'Each is counted on its own model and by its own time, then they meet on the month: nothing is multiplied. A range of the months stands below, as they have no other time in common.',
    text: 'from metric signups, logins, revenue by month\nwhere month in last 12 months\nfill month with 0',
  },
  {
    question: 'Which accounts were alive each month, and what did they pay?',
    text: 'from subscription\nrepeat every month from started_at to ended_at\ngroup by month: accounts = count_distinct(account), mrr = sum(mrr)',
  },
  {
    question: 'Who was active within a week of signing up, and what ends soon?',
    note: 'A time is compared with a time a stretch later; the stretch may be so often as a number of the row says.',
    text: 'from account\nadd quick = any(users.events where at < this.created_at + 7 days)\nadd trial_ends = created_at + seats * 1 day\nwhere quick and trial_ends < today() + 2 weeks\nshow name, trial_ends',
  },
  {
    question: 'Days from signing up to the first login',
    text: 'from account\nadd first_login = min(users.events.at where name = "login")\nadd days = days_between(created_at, first_login)\ngroup all: middle = median(days)',
  },
  {
    question: 'Days from one invoice of an account to the next',
    note: 'Rows that are not one period each have neighbours in an order that is said.',
    text: 'from invoice\nwhere paid_at is not empty\nadd days = days_between(previous(paid_at by paid_at per account), paid_at)\ngroup all: middle = median(days)',
  },
]

const combined: readonly Recipe[] = [
  {
    question: 'Two results put together on their month',
    text: 'block new\nfrom account\ngroup by month(created_at): signups = count()\n\nblock paid\nfrom invoice\nwhere status = "paid"\ngroup by month(paid_at): revenue = sum(amount)\njoin block new on month keep all',
  },
  {
    question: 'Rows of two models in one list',
    text: 'block opened\nfrom ticket\nadd what = "opened"\nshow what, opened_at as at\n\nblock all\nfrom ticket\nwhere closed_at is not empty\nadd what = "closed"\nshow what, closed_at as at\nappend block opened',
  },
]

const people: readonly Recipe[] = [
  {
    question: 'How many people of each week come back in the weeks after?',
    note: 'Period 0 is the week in which they began; weeks that are not over are left out.',
    text: 'from user\nretention by week(created_at) on events for 8 weeks\nwhere period in (1, 4, 8)',
  },
  {
    question: 'How far do accounts get through the steps of setting up, within 30 days, by source?',
    note: 'A stage is the name of an event, or a condition in parentheses with a name.',
    text: 'from account\nfunnel users.events within 30 days by source: "signed_up" then started = (name in ("created_project", "login")) then "report_created"',
  },
  {
    question: 'How many accounts are new, stay, come back and go quiet each month?',
    text: 'from account\nlifecycle by month on users.events\nwhere month in last 12 months',
  },
  {
    question: 'How long are sessions, and how many are there a day?',
    text: 'from event\nsessions per user gap 30 minutes\ngroup by day(started_at): sessions = count(), middle = median(minutes)',
  },
]

export const recipes: readonly { readonly title: string; readonly recipes: readonly Recipe[] }[] = [
  { title: 'Lists', recipes: lists },
  { title: 'Numbers and groups', recipes: numbers },
  { title: 'Over time', recipes: times },
  { title: 'What people do', recipes: people },
  { title: 'Several results together', recipes: combined },
]

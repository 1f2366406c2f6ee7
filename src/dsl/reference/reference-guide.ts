/** The first part of the reference page: what somebody must know who has only this page. */
export const guide = `## In five minutes

An exploration is a start and steps, one step a line. Each step takes the rows of the line above and gives rows to the line below. There is
nothing to read inside out: to know what is shown, read from the top.

\`\`\`hunch
from account                                   # every account is a row
where plan = "pro" and created_at in last 12 months
add n_users = count(users)                     # for each account, its users
where n_users > 0
group by country: accounts = count(), team_size = avg(n_users)
top 5 by accounts
\`\`\`

Names come from the catalog. The examples on this page are over a company whose **accounts** have many \`users\`, \`invoices\`, \`tickets\`,
\`subscriptions\` and \`features\`, one \`owner\` and maybe a \`parent\`; a **user** has one \`account\` and many \`events\`; an **event** has a \`name\`, a time \`at\` and one \`user\`; an
**invoice** has an \`amount\`, a \`status\`, a time \`paid_at\` and one \`account\`. Your own models, fields and relations are in your catalog; \`hunch check\`
lists mistakes, and completion (\`hunch lsp\`, the Explore page) shows what there is.

Run one: \`hunch query file.hunch\`, or \`hunch query -e "from account\\ngroup by plan: n = count()"\`; \`--explain\` says the steps in words, \`--sql\` shows
the SQL, \`--step 2\` stops early, \`--as-of 2026-09-30\` says which day is today.

### What a row stands for

- \`from account\`: one account a row. \`group by country: …\`: one country a row, and only the keys and aggregates are columns from there on.
  \`group all: …\`: one row. A second \`group\` groups the groups.
- **To one** (\`account.plan\` for a user, \`user.account.country\` for an event): write the path wherever a value may stand. The row stays even
  where there is nothing at the other end; the value is then empty. Nothing is ever joined by hand.
- **To many** (\`users\` for an account): only inside an aggregate, which is worked out for each row first: \`add n = count(users where role = "admin")\`,
  \`sum(invoices.amount where status = "paid")\`, \`max(users.events.at)\`, \`where any(tickets where closed_at is empty)\`. Inside, names are those of the
  related rows; \`this.created_at\` is the row outside. Two such aggregates never multiply each other.
- However a row is reached, it counts once: a pair that stands twice in a bridge table (\`features\`), a colleague (\`count(account.users)\` of a
  user), an account that two features lead to (\`count(features.accounts)\`).
- A relation that holds for a time, as \`plan_at\`, leads to what held when the row happened (an invoice, an event), or to what holds today for
  rows that last (an account); \`as_of(plan_at.plan, 2026-01-31)\` names another time. From its begin up to but without its end; of two the one
  that began last.
- A relation to the own model is one as any other: \`parent.name\`, \`count(children)\`. \`under(parent where name = "Acme")\` holds for all that is
  below Acme, at any depth, and \`above(parent where name = "Acme")\` for all that is above.
- To have the related rows themselves, start from their model (\`from user\`), or write \`expand users\`.
- A relation may be a key, or stand in \`count_distinct(account)\`: it means the row it leads to and is shown by its name, so that two accounts of
  one name stay two. Its other columns are not there behind the group: \`group by account, account.country: …\` keeps one as a key.
- Group first, then compute: \`add rate = paid / all\` below a group divides the aggregates. Never average a ratio; divide sums.

- An aggregate may look further than its group: \`count_distinct(user over 30 days)\` in a group by day looks back over the 30 days that end with
  it (monthly active users), and \`sum(amount) / sum(amount per all)\` or \`per country\` takes rows of the other keys as well. A group that looks
  back has a row for every period.

### Where this is not SQL

| you may expect | here |
|---|---|
| \`JOIN\` drops rows without a partner | paths never do; for that write \`where account is not empty\`, \`where any(users)\` |
| \`x <> 'a'\` and \`NOT IN\` drop empty values | \`x != "a"\`, \`not …\` and \`not in\` keep them; add \`and x is not empty\` |
| \`HAVING\` | \`where\` behind the group, by the names of its aggregates |
| \`EXISTS\`, \`NOT EXISTS\`, \`IN (SELECT …)\` | \`any(users where …)\`, \`none(users)\`, or a path to one: \`where account.plan = "pro"\` |
| \`x = (SELECT max(x) …)\` | \`where x = max(x per all)\`, or \`top 1 by x with ties\` |
| \`SUM(x) OVER (PARTITION BY k)\`, \`RANK() OVER (…)\` | \`sum(x per k)\`, \`rank(x per k)\`, \`row_number(by x per k)\`; along the rows \`running_sum(x)\` |
| \`ROW_NUMBER() … = 1\`, \`DISTINCT ON (k)\` | \`top 1 by created_at per k\`; one value is \`last(x by created_at)\` |
| \`WITH t AS (…)\`, \`UNION\` | \`block t\` above its steps; \`append block t\`, then \`unique\` |
| \`ROLLUP\` | \`totals\` behind a group, \`totals per k\` for each |
| \`CASE\`, \`COALESCE\`, \`NULLIF(x, 0)\` | \`when(c: a, else: b)\`, \`x ?? 0\`; a division by 0 is empty anyway |
| \`DATE_TRUNC('month', t)\`, \`EXTRACT(month FROM t)\` | \`month(t)\`, \`month_of_year(t)\` |
| \`b - a\` of two times, \`INTERVAL '7 days'\` | \`days_between(a, b)\`, \`seconds_between(a, b)\`; \`a + 7 days\` |
| \`LIMIT 10 OFFSET 20\` | \`add n = row_number()\`, \`where n > 20\`, \`limit 10\` |
| \`SELECT DISTINCT\` | \`group by a, b\` without measures, or \`unique\` |
| \`COUNT(CASE WHEN c THEN 1 END)\` | \`count(where c)\`; \`count(x)\` counts rows that have an \`x\` |
| \`SUM\` of nothing is NULL | it is empty; \`sum(x) ?? 0\`. A count of nothing is 0 |
| \`7 / 2\` is 3 | 3.5; \`floor(7 / 2)\` is 3. \`x / 0\` is empty, not an error |
| \`LIKE\`, \`ILIKE\` | \`contains\`, \`starts with\`, \`ends with\`: case does not matter. \`=\` and \`in (…)\` are exact |
| \`LAG(x)\` takes the row before | \`previous(x)\` takes the period before: empty after a gap. \`previous(x by created_at per account)\` takes the row before in that order |
| \`NULLS FIRST\` for \`DESC\` | empty values are last in both directions |
| \`last 7 days\` counts back from now | the seven whole days before today; \`including this\` adds today, \`month to date\` what has passed of the month |
| a query without ORDER BY has no order | rows come in the order of the last \`sort\` or \`top\`, else by their keys, the same every time |
| integer, decimal, double | one type, \`number\` |`

-- average-team-size.hunch
WITH
-- add n_users = count(users)
user_by_account_id AS (
  SELECT account_id, count(*) AS n_users
  FROM users
  GROUP BY 1
)
-- from account
-- group by month(created_at), plan: avg_users = avg(n_users)
SELECT
  date_trunc('month', convert_timezone('UTC', 'America/New_York', account.created_at::timestamp_ntz))::date AS month,
  account.plan,
  avg(coalesce(user_by_account_id.n_users, 0)::double) AS avg_users
FROM accounts AS account
LEFT JOIN user_by_account_id ON user_by_account_id.account_id = account.id
GROUP BY 1, 2
ORDER BY month, plan;
-- []

-- largest-plans-per-country.hunch
WITH
-- from account
-- where is_active and country is not empty
-- group by country, plan: mrr = sum(mrr), accounts = count()
account_by_country_plan AS (
  SELECT country, plan, sum(mrr) AS mrr, count(*) AS accounts
  FROM accounts
  WHERE is_active
    AND country IS NOT NULL
  GROUP BY 1, 2
),
-- top 2 by mrr per country
account_by_country_plan_ranked AS (
  SELECT
    country,
    plan,
    mrr,
    accounts,
    row_number() OVER (PARTITION BY country ORDER BY mrr DESC NULLS LAST, country, plan) AS rank_in_top
  FROM account_by_country_plan
)
SELECT country, plan, mrr, accounts
FROM account_by_country_plan_ranked
WHERE rank_in_top <= ?::number(38, 0)
ORDER BY country, mrr DESC NULLS LAST, plan;
-- [2]

-- recurring-revenue-over-time.hunch
WITH
-- from subscription
-- repeat every month at end from started_at to ended_at
subscription AS (
  SELECT
    started_at,
    ended_at,
    mrr,
    account_id,
    date_trunc('month', started_at)::date AS first_month,
    date_trunc('month', ended_at)::date AS alive_to
  FROM subscriptions
  WHERE started_at < ?::date
),
every_month AS (
  SELECT dateadd('month', period.value::int, first_one) AS month
  FROM (SELECT CASE WHEN min(first_month) < ?::date THEN ?::date ELSE min(first_month) END::date AS first_one, ?::date::date AS last_one FROM subscription) AS bounds,
    LATERAL flatten(array_generate_range(0, datediff('month', first_one, last_one) + 1)) AS period
),
-- where month in last 8 months
-- group by month: mrr = sum(mrr), customers = count_distinct(account)
subscription_per_month_by_month AS (
  SELECT
    every_month.month,
    sum(subscription.mrr) AS mrr,
    count(DISTINCT subscription.account_id) AS customers
  FROM subscription
  JOIN every_month ON every_month.month >= subscription.first_month AND (subscription.alive_to IS NULL OR subscription.alive_to > every_month.month)
  WHERE every_month.month >= ?::date
    AND every_month.month < ?::date
  GROUP BY 1
),
-- fill month with 0
every_month_2 AS (
  SELECT dateadd('month', period.value::int, first_one) AS month
  FROM (SELECT ?::timestamp_ntz::date AS first_one, ?::timestamp_ntz::date AS last_one) AS bounds,
    LATERAL flatten(array_generate_range(0, datediff('month', first_one, last_one) + 1)) AS period
),
missing_month AS (
  SELECT month
  FROM every_month_2
  EXCEPT
  SELECT month
  FROM subscription_per_month_by_month
),
subscription_per_month_by_month_filled AS (
  SELECT month, mrr, customers
  FROM subscription_per_month_by_month
  UNION ALL
  SELECT month, ?::number(38, 0), ?::number(38, 0)
  FROM missing_month
)
SELECT month, mrr, customers
FROM subscription_per_month_by_month_filled
ORDER BY month;
-- ["2026-09-16","1900-02-01","1900-02-01","2026-08-01","2026-01-01","2026-09-01","2026-01-01","2026-08-01",0,0]

-- revenue-growth.hunch
WITH
-- from invoice
-- where status = "paid" and paid_at in last 24 months
-- group by month(paid_at): revenue = sum(amount)
invoice_by_month AS (
  SELECT
    date_trunc('month', convert_timezone('UTC', 'America/New_York', paid_at::timestamp_ntz))::date AS month,
    sum(amount) AS revenue
  FROM invoices
  WHERE status = ?
    AND paid_at >= ?::timestamp_ntz
    AND paid_at < ?::timestamp_ntz
  GROUP BY 1
),
-- fill month with 0
every_month AS (
  SELECT dateadd('month', period.value::int, first_one) AS month
  FROM (SELECT ?::timestamp_ntz::date AS first_one, ?::timestamp_ntz::date AS last_one) AS bounds,
    LATERAL flatten(array_generate_range(0, datediff('month', first_one, last_one) + 1)) AS period
),
missing_month AS (
  SELECT month
  FROM every_month
  EXCEPT
  SELECT month
  FROM invoice_by_month
),
invoice_by_month_filled AS (
  SELECT month, revenue
  FROM invoice_by_month
  UNION ALL
  SELECT month, ?::number(38, 0)
  FROM missing_month
)
-- add growth = revenue / previous(revenue) - 1
SELECT
  invoice_by_month_filled.month,
  invoice_by_month_filled.revenue,
  invoice_by_month_filled.revenue::double / nullif(earlier.revenue, 0) - ?::number(38, 0) AS growth
FROM invoice_by_month_filled
LEFT JOIN invoice_by_month_filled AS earlier ON earlier.month = dateadd('month', -1, invoice_by_month_filled.month)
ORDER BY month;
-- ["paid","2024-09-01 04:00:00","2026-09-01 04:00:00","2024-09-01","2026-08-01",0,1]

-- sessions-per-week.hunch
WITH
-- from event
-- where at in last 12 weeks
-- sessions per user gap 30 minutes
event AS (
  SELECT
    event.id,
    event.user_id AS of_user_key,
    user.email AS of_user,
    event.at AS event_at,
    max(event.at) OVER (PARTITION BY event.user_id ORDER BY event.at, event.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS event_before
  FROM events AS event
  LEFT JOIN users AS user ON user.id = event.user_id
  WHERE event.at >= ?::timestamp_ntz
    AND event.at < ?::timestamp_ntz
    AND event.at IS NOT NULL
),
event_2 AS (
  SELECT
    of_user_key,
    of_user,
    event_at,
    sum(CASE WHEN event_before IS NULL OR datediff('microsecond', event_before, event_at)::double / 1000000 > ?::number(38, 0) THEN 1 ELSE 0 END) OVER (PARTITION BY of_user_key ORDER BY event_at, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS session_of
  FROM event
),
event_by_user_key_user_session AS (
  SELECT
    of_user AS user,
    min(event_at) AS started_at,
    datediff('microsecond', min(event_at), max(event_at))::double / 1000000 / 60 AS minutes
  FROM event_2
  GROUP BY of_user_key, 1, session_of
),
-- group by week(started_at): sessions = count(), users = count_distinct(user), median_minutes = median(minutes)
event_by_week AS (
  SELECT
    dateadd('day', -1, date_trunc('week', dateadd('day', 1, convert_timezone('UTC', 'America/New_York', started_at::timestamp_ntz))))::date AS week,
    count(*) AS sessions,
    count(DISTINCT user) AS users,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes::double) AS median_minutes
  FROM event_by_user_key_user_session
  GROUP BY 1
),
-- fill week
every_week AS (
  SELECT dateadd('week', period.value::int, first_one) AS week
  FROM (SELECT ?::timestamp_ntz::date AS first_one, ?::timestamp_ntz::date AS last_one) AS bounds,
    LATERAL flatten(array_generate_range(0, floor(datediff('day', first_one, last_one) / 7) + 1)) AS period
),
missing_week AS (
  SELECT week
  FROM every_week
  EXCEPT
  SELECT week
  FROM event_by_week
),
event_by_week_filled AS (
  SELECT week, sessions, users, median_minutes
  FROM event_by_week
  UNION ALL
  SELECT week, NULL, NULL, NULL
  FROM missing_week
)
SELECT week, sessions, users, median_minutes
FROM event_by_week_filled
ORDER BY week;
-- ["2026-06-21 04:00:00","2026-09-13 04:00:00",1800,"2026-06-21","2026-09-06"]

-- signups-and-logins.hunch
WITH
-- from metric signups, logins by week
account_by_week AS (
  SELECT
    dateadd('day', -1, date_trunc('week', dateadd('day', 1, convert_timezone('UTC', 'America/New_York', created_at::timestamp_ntz))))::date AS week,
    count(*) AS signups_2
  FROM accounts
  WHERE created_at IS NOT NULL
  GROUP BY 1
),
event_by_week AS (
  SELECT
    dateadd('day', -1, date_trunc('week', dateadd('day', 1, convert_timezone('UTC', 'America/New_York', at::timestamp_ntz))))::date AS week,
    count(CASE WHEN name = ? THEN 1 END) AS logins_2
  FROM events
  WHERE at IS NOT NULL
  GROUP BY 1
),
every_week AS (
  SELECT week FROM account_by_week
  UNION
  SELECT week FROM event_by_week
),
-- where week in last 26 weeks
metrics AS (
  SELECT
    every_week.week,
    coalesce(account_by_week.signups_2, ?::number(38, 0)) AS signups,
    coalesce(event_by_week.logins_2, ?::number(38, 0)) AS logins
  FROM every_week
  LEFT JOIN account_by_week ON every_week.week IS NOT DISTINCT FROM account_by_week.week
  LEFT JOIN event_by_week ON every_week.week IS NOT DISTINCT FROM event_by_week.week
  WHERE every_week.week >= ?::date
    AND every_week.week < ?::date
),
-- fill week with 0
every_week_2 AS (
  SELECT dateadd('week', period.value::int, first_one) AS week
  FROM (SELECT ?::timestamp_ntz::date AS first_one, ?::timestamp_ntz::date AS last_one) AS bounds,
    LATERAL flatten(array_generate_range(0, floor(datediff('day', first_one, last_one) / 7) + 1)) AS period
),
missing_week AS (
  SELECT week
  FROM every_week_2
  EXCEPT
  SELECT week
  FROM metrics
),
metrics_filled AS (
  SELECT week, signups, logins
  FROM metrics
  UNION ALL
  SELECT week, ?::number(38, 0), ?::number(38, 0)
  FROM missing_week
)
SELECT week, signups, logins
FROM metrics_filled
ORDER BY week;
-- ["login",0,0,"2026-03-15","2026-09-13","2026-03-15","2026-09-06",0,0]

-- time-to-first-report.hunch
WITH
-- add first_report = min(users.events.at where name = "report_created")
event_by_account_id AS (
  SELECT via_users.account_id, min(event.at) AS first_report
  FROM events AS event
  LEFT JOIN users AS via_users ON via_users.id = event.user_id
  WHERE event.name = ?
  GROUP BY 1
)
-- from account
-- add days = days_between(created_at, first_report)
-- group by month(created_at): median_days = median(days), p90_days = percentile(days, 90)
SELECT
  date_trunc('month', convert_timezone('UTC', 'America/New_York', account.created_at::timestamp_ntz))::date AS month,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY datediff('day', convert_timezone('UTC', 'America/New_York', account.created_at::timestamp_ntz)::date, convert_timezone('UTC', 'America/New_York', event_by_account_id.first_report::timestamp_ntz)::date)::double) AS median_days,
  percentile_cont(0.9) WITHIN GROUP (ORDER BY datediff('day', convert_timezone('UTC', 'America/New_York', account.created_at::timestamp_ntz)::date, convert_timezone('UTC', 'America/New_York', event_by_account_id.first_report::timestamp_ntz)::date)::double) AS p90_days
FROM accounts AS account
LEFT JOIN event_by_account_id ON event_by_account_id.account_id = account.id
GROUP BY 1
ORDER BY month;
-- ["report_created"]

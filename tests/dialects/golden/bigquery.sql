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
  DATE_TRUNC(DATE(DATETIME(account.created_at, 'America/New_York')), MONTH) AS month,
  account.plan,
  avg(CAST(coalesce(user_by_account_id.n_users, 0) AS FLOAT64)) AS avg_users
FROM accounts AS account
LEFT JOIN user_by_account_id ON user_by_account_id.account_id = account.id
GROUP BY 1, 2
ORDER BY month ASC NULLS LAST, plan ASC NULLS LAST;
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
    row_number() OVER (PARTITION BY country ORDER BY mrr DESC, country ASC NULLS LAST, plan ASC NULLS LAST) AS rank_in_top
  FROM account_by_country_plan
)
SELECT country, plan, mrr, accounts
FROM account_by_country_plan_ranked
WHERE rank_in_top <= @p1
ORDER BY country ASC NULLS LAST, mrr DESC, plan ASC NULLS LAST;
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
    DATE_TRUNC(started_at, MONTH) AS first_month,
    DATE_TRUNC(ended_at, MONTH) AS alive_to
  FROM subscriptions
  WHERE started_at < CAST(@p1 AS DATE)
),
every_month AS (
  SELECT period AS month
  FROM (SELECT DATE(CASE WHEN min(first_month) < CAST(@p2 AS DATE) THEN CAST(@p2 AS DATE) ELSE min(first_month) END) AS first_one, CAST(@p3 AS DATE) AS last_one FROM subscription) AS bounds
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(first_one, last_one, INTERVAL 1 MONTH)) AS period
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
  WHERE every_month.month >= CAST(@p4 AS DATE)
    AND every_month.month < CAST(@p5 AS DATE)
  GROUP BY 1
),
-- fill month with 0
every_month_2 AS (
  SELECT period AS month
  FROM (SELECT DATE(CAST(@p6 AS TIMESTAMP)) AS first_one, DATE(CAST(@p7 AS TIMESTAMP)) AS last_one) AS bounds
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(first_one, last_one, INTERVAL 1 MONTH)) AS period
),
missing_month AS (
  SELECT month
  FROM every_month_2
  EXCEPT DISTINCT
  SELECT month
  FROM subscription_per_month_by_month
),
subscription_per_month_by_month_filled AS (
  SELECT month, mrr, customers
  FROM subscription_per_month_by_month
  UNION ALL
  SELECT month, @p8, @p8
  FROM missing_month
)
SELECT month, mrr, customers
FROM subscription_per_month_by_month_filled
ORDER BY month ASC NULLS LAST;
-- ["2026-09-16","1900-02-01","2026-08-01","2026-01-01","2026-09-01","2026-01-01","2026-08-01",0]

-- revenue-growth.hunch
WITH
-- from invoice
-- where status = "paid" and paid_at in last 24 months
-- group by month(paid_at): revenue = sum(amount)
invoice_by_month AS (
  SELECT
    DATE_TRUNC(DATE(DATETIME(paid_at, 'America/New_York')), MONTH) AS month,
    sum(amount) AS revenue
  FROM invoices
  WHERE status = @p1
    AND paid_at >= CAST(@p2 AS TIMESTAMP)
    AND paid_at < CAST(@p3 AS TIMESTAMP)
  GROUP BY 1
),
-- fill month with 0
every_month AS (
  SELECT period AS month
  FROM (SELECT DATE(CAST(@p4 AS TIMESTAMP)) AS first_one, DATE(CAST(@p5 AS TIMESTAMP)) AS last_one) AS bounds
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(first_one, last_one, INTERVAL 1 MONTH)) AS period
),
missing_month AS (
  SELECT month
  FROM every_month
  EXCEPT DISTINCT
  SELECT month
  FROM invoice_by_month
),
invoice_by_month_filled AS (
  SELECT month, revenue
  FROM invoice_by_month
  UNION ALL
  SELECT month, @p6
  FROM missing_month
)
-- add growth = revenue / previous(revenue) - 1
SELECT
  invoice_by_month_filled.month,
  invoice_by_month_filled.revenue,
  SAFE_DIVIDE(invoice_by_month_filled.revenue, earlier.revenue) - @p7 AS growth
FROM invoice_by_month_filled
LEFT JOIN invoice_by_month_filled AS earlier ON earlier.month = DATE_ADD(invoice_by_month_filled.month, INTERVAL -1 MONTH)
ORDER BY month ASC NULLS LAST;
-- ["paid","2024-09-01T04:00:00Z","2026-09-01T04:00:00Z","2024-09-01","2026-08-01",0,1]

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
    event.`at` AS event_at,
    max(event.`at`) OVER (PARTITION BY event.user_id ORDER BY event.`at` ASC NULLS LAST, event.id ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS event_before
  FROM events AS event
  LEFT JOIN users AS user ON user.id = event.user_id
  WHERE event.`at` >= CAST(@p1 AS TIMESTAMP)
    AND event.`at` < CAST(@p2 AS TIMESTAMP)
    AND event.`at` IS NOT NULL
),
event_2 AS (
  SELECT
    of_user_key,
    of_user,
    event_at,
    sum(CASE WHEN event_before IS NULL OR TIMESTAMP_DIFF(event_at, event_before, MICROSECOND) / 1e6 > @p3 THEN 1 ELSE 0 END) OVER (PARTITION BY of_user_key ORDER BY event_at ASC NULLS LAST, id ASC NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS session_of
  FROM event
),
event_by_user_key_user_session AS (
  SELECT
    of_user_key AS user_key,
    of_user AS user,
    session_of AS session,
    min(event_at) AS started_at,
    SAFE_DIVIDE(TIMESTAMP_DIFF(max(event_at), min(event_at), MICROSECOND) / 1e6, 60) AS minutes
  FROM event_2
  GROUP BY 1, 2, 3
),
-- group by week(started_at): sessions = count(), users = count_distinct(user), median_minutes = median(minutes)
event_by_user_key_user_session_2 AS (
  SELECT
    user,
    minutes,
    DATE_TRUNC(DATE(DATETIME(started_at, 'America/New_York')), WEEK(SUNDAY)) AS week_key,
    CASE WHEN minutes IS NOT NULL THEN rank() OVER (PARTITION BY DATE_TRUNC(DATE(DATETIME(started_at, 'America/New_York')), WEEK(SUNDAY)) ORDER BY minutes ASC NULLS LAST) END AS place,
    CAST(CAST(0 AS NUMERIC) + count(minutes) OVER (PARTITION BY DATE_TRUNC(DATE(DATETIME(started_at, 'America/New_York')), WEEK(SUNDAY))) - @p4 AS FLOAT64) * @p5 AS wanted_place
  FROM event_by_user_key_user_session
),
event_by_week AS (
  SELECT
    week_key AS week,
    count(*) AS sessions,
    count(DISTINCT user) AS users,
    max(CASE WHEN CAST(0 AS NUMERIC) + place - @p4 <= floor(wanted_place) THEN minutes END) AS median_minutes_1,
    max(CASE WHEN CAST(0 AS NUMERIC) + place - @p4 <= ceil(wanted_place) THEN minutes END) AS median_minutes_2,
    max(wanted_place) AS median_minutes_3
  FROM event_by_user_key_user_session_2
  GROUP BY 1
),
event_by_week_2 AS (
  SELECT
    week,
    sessions,
    users,
    median_minutes_1 + CAST(CAST(0 AS NUMERIC) + median_minutes_2 - median_minutes_1 AS FLOAT64) * (CAST(0 AS NUMERIC) + median_minutes_3 - floor(median_minutes_3)) AS median_minutes
  FROM event_by_week
),
-- fill week
every_week AS (
  SELECT period AS week
  FROM (SELECT DATE(CAST(@p6 AS TIMESTAMP)) AS first_one, DATE(CAST(@p7 AS TIMESTAMP)) AS last_one) AS bounds
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(first_one, last_one, INTERVAL 1 WEEK)) AS period
),
missing_week AS (
  SELECT week
  FROM every_week
  EXCEPT DISTINCT
  SELECT week
  FROM event_by_week_2
),
event_by_week_filled AS (
  SELECT week, sessions, users, median_minutes
  FROM event_by_week_2
  UNION ALL
  SELECT week, NULL, NULL, NULL
  FROM missing_week
)
SELECT week, sessions, users, median_minutes
FROM event_by_week_filled
ORDER BY week ASC NULLS LAST;
-- ["2026-06-21T04:00:00Z","2026-09-13T04:00:00Z",1800,1,0.5,"2026-06-21","2026-09-06"]

-- signups-and-logins.hunch
WITH
-- from metric signups, logins by week
account_by_week AS (
  SELECT
    DATE_TRUNC(DATE(DATETIME(created_at, 'America/New_York')), WEEK(SUNDAY)) AS week,
    count(*) AS signups_2
  FROM accounts
  WHERE created_at IS NOT NULL
  GROUP BY 1
),
event_by_week AS (
  SELECT
    DATE_TRUNC(DATE(DATETIME(`at`, 'America/New_York')), WEEK(SUNDAY)) AS week,
    count(CASE WHEN name = @p1 THEN 1 END) AS logins_2
  FROM events
  WHERE `at` IS NOT NULL
  GROUP BY 1
),
every_week AS (
  SELECT week FROM account_by_week
  UNION DISTINCT
  SELECT week FROM event_by_week
),
-- where week in last 26 weeks
metrics AS (
  SELECT
    every_week.week,
    coalesce(account_by_week.signups_2, @p2) AS signups,
    coalesce(event_by_week.logins_2, @p2) AS logins
  FROM every_week
  LEFT JOIN account_by_week ON TO_JSON_STRING(every_week.week) = TO_JSON_STRING(account_by_week.week)
  LEFT JOIN event_by_week ON TO_JSON_STRING(every_week.week) = TO_JSON_STRING(event_by_week.week)
  WHERE every_week.week >= CAST(@p3 AS DATE)
    AND every_week.week < CAST(@p4 AS DATE)
),
-- fill week with 0
every_week_2 AS (
  SELECT period AS week
  FROM (SELECT DATE(CAST(@p5 AS TIMESTAMP)) AS first_one, DATE(CAST(@p6 AS TIMESTAMP)) AS last_one) AS bounds
  CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(first_one, last_one, INTERVAL 1 WEEK)) AS period
),
missing_week AS (
  SELECT week
  FROM every_week_2
  EXCEPT DISTINCT
  SELECT week
  FROM metrics
),
metrics_filled AS (
  SELECT week, signups, logins
  FROM metrics
  UNION ALL
  SELECT week, @p2, @p2
  FROM missing_week
)
SELECT week, signups, logins
FROM metrics_filled
ORDER BY week ASC NULLS LAST;
-- ["login",0,"2026-03-15","2026-09-13","2026-03-15","2026-09-06"]

-- time-to-first-report.hunch
WITH
-- add first_report = min(users.events.at where name = "report_created")
event_by_account_id AS (
  SELECT via_users.account_id, min(event.`at`) AS first_report
  FROM events AS event
  LEFT JOIN users AS via_users ON via_users.id = event.user_id
  WHERE event.name = @p1
  GROUP BY 1
),
-- from account
-- add days = days_between(created_at, first_report)
-- group by month(created_at): median_days = median(days), p90_days = percentile(days, 90)
account AS (
  SELECT
    DATE_DIFF(DATE(DATETIME(event_by_account_id.first_report, 'America/New_York')), DATE(DATETIME(account.created_at, 'America/New_York')), DAY) AS days,
    DATE_TRUNC(DATE(DATETIME(account.created_at, 'America/New_York')), MONTH) AS month_key,
    CASE WHEN DATE_DIFF(DATE(DATETIME(event_by_account_id.first_report, 'America/New_York')), DATE(DATETIME(account.created_at, 'America/New_York')), DAY) IS NOT NULL THEN rank() OVER (PARTITION BY DATE_TRUNC(DATE(DATETIME(account.created_at, 'America/New_York')), MONTH) ORDER BY DATE_DIFF(DATE(DATETIME(event_by_account_id.first_report, 'America/New_York')), DATE(DATETIME(account.created_at, 'America/New_York')), DAY) ASC NULLS LAST) END AS place,
    CAST(CAST(0 AS NUMERIC) + count(DATE_DIFF(DATE(DATETIME(event_by_account_id.first_report, 'America/New_York')), DATE(DATETIME(account.created_at, 'America/New_York')), DAY)) OVER (PARTITION BY DATE_TRUNC(DATE(DATETIME(account.created_at, 'America/New_York')), MONTH)) - @p2 AS FLOAT64) * @p3 AS wanted_place,
    CASE WHEN DATE_DIFF(DATE(DATETIME(event_by_account_id.first_report, 'America/New_York')), DATE(DATETIME(account.created_at, 'America/New_York')), DAY) IS NOT NULL THEN rank() OVER (PARTITION BY DATE_TRUNC(DATE(DATETIME(account.created_at, 'America/New_York')), MONTH) ORDER BY DATE_DIFF(DATE(DATETIME(event_by_account_id.first_report, 'America/New_York')), DATE(DATETIME(account.created_at, 'America/New_York')), DAY) ASC NULLS LAST) END AS place_2,
    CAST(CAST(0 AS NUMERIC) + count(DATE_DIFF(DATE(DATETIME(event_by_account_id.first_report, 'America/New_York')), DATE(DATETIME(account.created_at, 'America/New_York')), DAY)) OVER (PARTITION BY DATE_TRUNC(DATE(DATETIME(account.created_at, 'America/New_York')), MONTH)) - @p2 AS FLOAT64) * @p4 AS wanted_place_2
  FROM accounts AS account
  LEFT JOIN event_by_account_id ON event_by_account_id.account_id = account.id
),
account_by_month AS (
  SELECT
    month_key AS month,
    max(CASE WHEN CAST(0 AS NUMERIC) + place - @p2 <= floor(wanted_place) THEN days END) AS median_days_1,
    max(CASE WHEN CAST(0 AS NUMERIC) + place - @p2 <= ceil(wanted_place) THEN days END) AS median_days_2,
    max(wanted_place) AS median_days_3,
    max(CASE WHEN CAST(0 AS NUMERIC) + place_2 - @p2 <= floor(wanted_place_2) THEN days END) AS p90_days_1,
    max(CASE WHEN CAST(0 AS NUMERIC) + place_2 - @p2 <= ceil(wanted_place_2) THEN days END) AS p90_days_2,
    max(wanted_place_2) AS p90_days_3
  FROM account
  GROUP BY 1
)
SELECT
  month,
  median_days_1 + CAST(CAST(0 AS NUMERIC) + median_days_2 - median_days_1 AS FLOAT64) * (CAST(0 AS NUMERIC) + median_days_3 - floor(median_days_3)) AS median_days,
  p90_days_1 + CAST(CAST(0 AS NUMERIC) + p90_days_2 - p90_days_1 AS FLOAT64) * (CAST(0 AS NUMERIC) + p90_days_3 - floor(p90_days_3)) AS p90_days
FROM account_by_month
ORDER BY month ASC NULLS LAST;
-- ["report_created",1,0.5,0.9]

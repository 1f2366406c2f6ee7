/**
 * How ClickHouse must run the SQL that is written for it. They stand at its end, so that it gives the same rows wherever it is run; the
 * adapter sends them as well, since a query that is read only may only repeat a setting.
 */
export const clickhouseSettings = {
  /** A row that a join does not find is empty, not zero. */
  join_use_nulls: 1,
  /** `SELECT lower(name) AS name … WHERE name = …` reads the column. */
  prefer_column_name_to_alias: 1,
  /** Weeks, months and years of days outside of 1970 to 2149. */
  enable_extended_results_for_datetime_functions: 1,
  /** `count(x) OVER ()` under a condition is made a sum over a part of `x` that is then not found. */
  optimize_functions_to_subcolumns: 0,
  /** Its CTEs are written out wherever they are read: a plan of many stages takes more than 10,000 small improvements, and is refused else. */
  query_plan_max_optimizations_to_apply: '0',
} as const

/** Words that Snowflake refuses as a bare name of a column, table or alias, by its manual. */
export const snowflakeWords: ReadonlySet<string> = new Set(
  `all alter and any as between by case cast check column connect constraint create cross current current_date
  current_time current_timestamp current_user delete distinct drop else exists false following for from full grant group
  having ilike in increment inner insert intersect into is join lateral left like localtime localtimestamp minus
  natural not null of on or order qualify regexp revoke right rlike row rows sample select set some start table
  tablesample then to trigger true try_cast union unique update using values when whenever where with`.split(/\s+/),
)

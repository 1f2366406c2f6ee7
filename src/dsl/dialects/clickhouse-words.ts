import { reservedWords } from './reserved-words.ts'

/**
 * Words that ClickHouse refuses as a bare name somewhere in the SQL that we write, or takes for a number; found by trying every keyword in
 * every such place, which `clickhouse-words.clickhouse.test.ts` does again.
 */
export const clickhouseWords: ReadonlySet<string> = new Set([
  ...reservedWords,
  ...'cube inf infinity nan recursive rollup top'.split(' '),
])

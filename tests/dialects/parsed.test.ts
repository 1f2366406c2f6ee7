import parser from 'node-sql-parser'
import { describe, expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { utcCalendar } from '../../src/base/periods.ts'
import { compile } from '../../src/dsl/compile.ts'
import type { DialectName } from '../../src/dsl/dialects/dialect.ts'
import { dialects } from '../../src/dsl/dialects/index.ts'
import { explorationsOfValues } from '../conformance/explorations-of-values.ts'
import { fixtureCatalog } from '../conformance/fixture-catalog.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { exampleFiles } from '../support/explorations.ts'

/** What the parser does not read, though the engine does, and what it reads in its place. */
type Unread = readonly (readonly [RegExp, string])[]

const common: Unread = [
  [/\?|@p\d+/g, "'x'"],
  [/AND \d+ PRECEDING/g, 'AND CURRENT ROW'],
  [/RANGE BETWEEN \d+ PRECEDING/g, 'ROWS BETWEEN UNBOUNDED PRECEDING'],
]

const parsers: Partial<Record<DialectName, { readonly database: string; readonly unread: Unread }>> = {
  mysql: {
    database: 'MySQL',
    unread: [
      [/NOT (.*?) <=> /g, '$1 = '],
      [/<=>/g, '='],
    ],
  },
  snowflake: {
    database: 'Snowflake',
    unread: [
      [/^( *)EXCEPT$/gm, '$1UNION'],
      [/IS (NOT )?DISTINCT FROM/g, '='],
      [/::number\(38, (?:0|10)\)/g, '::int'],
      [/\)::double\b/g, ')'],
    ],
  },
  bigquery: {
    database: 'BigQuery',
    unread: [
      [/ NULLS LAST/g, ''],
      [/ QUARTER\b/g, ' MONTH'],
      [/AS BIGNUMERIC/g, 'AS NUMERIC'],
      [/EXTRACT\((?:ISOWEEK|DAYOFYEAR)/g, 'EXTRACT(MONTH'],
      [/\[SAFE_OFFSET\(\d+\)\]/g, ''],
      [/IS (NOT )?DISTINCT FROM/g, '='],
    ],
  },
}

const unproven = dialects.filter(({ proof }) => proof === 'text')

test('every dialect that is not run has a parser here', () => {
  expect(Object.keys(parsers)).toEqual(unproven.map(({ name }) => name))
})

describe.each(unproven.map(({ name }) => name))('%s', (dialect) => {
  const { database, unread } = parsers[dialect]!

  test.each(exampleFiles)('$name is SQL that a parser reads', ({ text }) => {
    const { sql } = expectAccepted(compile(text, { ...languageContext, dialect }))
    const readable = [...common, ...unread].reduce((written, [what, as]) => written.replace(what, as), sql)
    expect(() => new parser.Parser().parse(readable, { database }), readable).not.toThrow()
  })

  test.each(explorationsOfValues)('%s is SQL that a parser reads', (text) => {
    const context = { catalog: fixtureCatalog(), calendar: utcCalendar, asOf: '2025-06-01', dialect }
    const { sql } = expectAccepted(compile(text, context))
    const readable = [...common, ...unread].reduce((written, [what, as]) => written.replace(what, as), sql)
    expect(() => new parser.Parser().parse(readable, { database }), readable).not.toThrow()
  })
})

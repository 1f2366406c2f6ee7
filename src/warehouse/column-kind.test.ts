import { expect, test } from 'vitest'
import { kindOf } from './column-kind.ts'

test.each([
  [
    'number',
    [
      'INTEGER',
      'int unsigned',
      'UInt64',
      'bigint',
      'int4',
      'INT128',
      'DECIMAL(18,3)',
      'numeric',
      'double precision',
      'year',
    ],
  ],
  ['boolean', ['BOOLEAN', 'tinyint(1)', 'Bool']],
  ['date', ['DATE', 'date32']],
  ['timestamp', ['timestamp with time zone', 'DateTime64(3)', 'datetime(6)', 'TIMESTAMP_NS']],
  [
    'text',
    [
      'VARCHAR',
      'uuid',
      "ENUM('a', 'b')",
      'INTERVAL',
      'INTEGER[]',
      'VARCHAR[3]',
      'STRUCT(a INTEGER)',
      'MAP(VARCHAR, INTEGER)',
      'time',
      'json',
    ],
  ],
])('is %s', (kind, types) => {
  expect(types.map(kindOf)).toEqual(types.map(() => kind))
})

import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { compile } from '../compile.ts'
import type { DialectName } from '../dialects/dialect.ts'

const write = (text: string, dialect: DialectName = 'postgres') =>
  expectAccepted(compile(text, { ...languageContext, dialect })).sql

test('Postgres is asked for a row that exists, under a condition that sees the outer row', () => {
  const text = 'from account\nwhere plan = "pro" and any(users where created_at > this.created_at)\nshow name'
  expect(write(text)).toMatchInlineSnapshot(`
    "-- from account
    -- where plan = "pro" and any(users where created_at > this.created_at)
    -- show name
    SELECT account.name::text AS name
    FROM accounts AS account
    WHERE account.plan::text = $1
      AND EXISTS (
        SELECT 1
        FROM users AS "user"
        WHERE "user".account_id = account.id
          AND "user".created_at > account.created_at
      )
    ORDER BY account.id, account.name::text COLLATE "C""
  `)
})

test('what nothing fails is asked for as what does not exist', () => {
  expect(write('from account\nwhere all(users where account.is_active)\nshow name')).toMatchInlineSnapshot(`
    "WITH
    -- where all(users where account.is_active)
    user_rows AS (
      SELECT "user".account_id
      FROM users AS "user"
      LEFT JOIN accounts AS account ON account.id = "user".account_id
      WHERE account.is_active IS NOT TRUE
    )
    -- from account
    -- show name
    SELECT account.name::text AS name
    FROM accounts AS account
    WHERE NOT EXISTS (
      SELECT 1
      FROM user_rows
      WHERE user_rows.account_id = account.id
    )
    ORDER BY account.id, account.name::text COLLATE "C""
  `)
})

test('a table that stands inside and around is called by two names', () => {
  const sql = write('from user\nwhere none(account.users where role = "admin")\nshow name')
  expect(sql).toContain('FROM users AS user_2')
})

test.each([
  ['not any(users where role = "admin")', 'NOT EXISTS ('],
  ['count(users) = 0', 'NOT EXISTS ('],
  ['count(users) > 0', 'WHERE EXISTS ('],
])('%s is told without counting', (condition, words) => {
  const sql = write(`from account\nwhere ${condition}\ngroup all: n = count()`)
  expect(sql).toContain(words)
  expect(sql).not.toContain('LEFT JOIN')
})

test.each([
  'from account\nadd n = count(users)\nwhere n > 0\nshow name, n',
  'from account\nadd has = any(users where role = "admin")\nwhere has\nshow name, has',
  'from account\nwhere any(users where role = "admin") or plan = "pro"\nshow name',
  'from account\nwhere count(users) > 1\nshow name',
  'from account\nwhere count(users.role) = 0\nshow name',
])('%s counts', (text) => {
  expect(write(text)).not.toContain('EXISTS')
})

test('engines that count as fast do so', () => {
  for (const dialect of ['duckdb', 'mariadb', 'clickhouse'] as const)
    expect(write('from account\nwhere any(users where role = "admin")\nshow name', dialect)).not.toContain('EXISTS')
})

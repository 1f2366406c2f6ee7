import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { compile } from '../compile.ts'

const write = (text: string) => expectAccepted(compile(text, { ...languageContext, dialect: 'duckdb' })).sql
const countReads = (sql: string) => sql.split('FROM users').length - 1

test('numbers of related rows under several conditions are one reading of those that meet any', () => {
  const text =
    'from account\nadd admins = count(users where role = "admin")\nadd newest = max(users.created_at where role = "member")'
  expect(write(`${text}\nshow name, admins, newest`)).toMatchInlineSnapshot(`
    "WITH
    -- add admins = count(users where role = "admin")
    -- add newest = max(users.created_at where role = "member")
    user_by_account_id AS (
      SELECT
        account_id,
        count(*) FILTER (WHERE role = $1) AS admins,
        max(created_at) FILTER (WHERE role = $2) AS newest
      FROM users
      WHERE role = $1 OR role = $2
      GROUP BY 1
    )
    -- from account
    -- show name, admins, newest
    SELECT account.name, coalesce(user_by_account_id.admins, 0) AS admins, user_by_account_id.newest
    FROM accounts AS account
    LEFT JOIN user_by_account_id ON user_by_account_id.account_id = account.id
    ORDER BY account.id, name, admins, newest"
  `)
})

test('where one of them has no condition all rows are read, and a third joins in', () => {
  const sql = write(
    'from account\nadd a = count(users where role = "admin")\nadd all_users = count(users)\nadd m = count(users where role = "member")\nshow name, a, all_users, m',
  )
  expect(countReads(sql)).toBe(1)
  expect(sql).not.toContain(' OR ')
})

test('the first of some order keeps its rows', () => {
  const sql = write(
    'from account\nadd admins = count(users where role = "admin")\nadd begun_as = first(users.role by created_at where role != "admin")\nshow name, admins, begun_as',
  )
  expect(sql).not.toContain(' OR ')
  expect(countReads(sql)).toBeGreaterThan(1)
})

test('what is counted to find rows is not read with others where the engine asks for one', () => {
  const text =
    'from account\nadd admins = count(users where role = "admin")\nwhere any(users where role = "member")\nshow name, admins'
  const sql = expectAccepted(compile(text, { ...languageContext, dialect: 'postgres' })).sql
  expect(sql).toContain('EXISTS (')
  expect(sql).not.toContain(' OR ')
})

import { expect, test } from 'vitest'
import { findTable, isSameName } from './find-table.ts'

const table = (name: string, fullName: string) => ({ name, fullName, columns: [], rows: 1 })

test('DuckDB does not mind the case, Postgres does', () => {
  const tables = [table('Accounts', 'public.Accounts')]
  expect(findTable('accounts', tables, { dialect: 'duckdb' })).toBe(tables[0])
  expect(findTable('accounts', tables, { dialect: 'postgres' })).toBeUndefined()
  expect(findTable('Accounts', tables, { dialect: 'postgres' })).toBe(tables[0])
})

test('MariaDB minds the case of tables, and not that of columns', () => {
  const tables = [table('Accounts', 'shop.Accounts')]
  expect(findTable('accounts', tables, { dialect: 'mariadb' })).toBeUndefined()
  expect(isSameName('Plan', 'plan', 'mariadb')).toBe(true)
  expect(isSameName('Plan', 'plan', 'clickhouse')).toBe(false)
})

test('a schema may be written where the listing leaves it out, and must be where it does not', () => {
  const tables = [table('crm.accounts', 'crm.accounts'), table('users', 'public.users')]
  expect(findTable('public.users', tables, { dialect: 'postgres' })).toBe(tables[1])
  expect(findTable('crm.accounts', tables, { dialect: 'postgres' })).toBe(tables[0])
  expect(findTable('accounts', tables, { dialect: 'postgres' })).toBeUndefined()
  expect(findTable('crm.users', tables, { dialect: 'postgres' })).toBeUndefined()
  expect(findTable('lic.users', tables, { dialect: 'postgres' })).toBeUndefined()
})

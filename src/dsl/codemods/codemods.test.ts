import { expect, test } from 'vitest'
import { languageContext } from '../../../tests/fixtures/language-catalog.ts'
import { exampleFiles } from '../../../tests/support/explorations.ts'
import { expectAccepted } from '../../base/diagnostic.ts'
import { planExploration } from '../plan/plan-exploration.ts'
import { format } from '../text/format.ts'
import { parse } from '../text/parse.ts'
import { dslVersion } from '../tree/ast.ts'
import { migrateText, migrateTree } from '../tree/migrate-tree.ts'
import { codemods } from './index.ts'

test('there is one way from each version to the next', () => {
  expect(codemods.map(({ from }) => from)).toEqual(Array.from({ length: dslVersion - 1 }, (_, at) => at + 1))
})

const migrate = (text: string) => expectAccepted(migrateText(text, 1))

test('the day of a moment is `day` from version 2 on, under the name that it had', () => {
  expect(migrate('from account\ngroup by date(created_at), plan: n = count() # new\nsort date_created_at desc')).toBe(
    'from account\ngroup by date_created_at = day(created_at), plan: n = count() # new\nsort date_created_at desc\n',
  )
  expect(migrate('from account\nshow name, date(created_at) as since\nsort date(renews_on)')).toBe(
    'from account\nshow name, day(created_at) as since\nsort day(renews_on)\n',
  )
  expect(migrate('from invoice\ngroup all: late = count(where date(paid_at) > 2025-03-01)')).toBe(
    'from invoice\ngroup all: late = count(where day(paid_at) > 2025-03-01)\n',
  )
})

test('a tree of an older version becomes one of the newest, and the newest stays as it is', () => {
  const { dsl: _, ...tree } = expectAccepted(parse('from account\nadd x = date(created_at)'))
  const migrated = migrateTree({ ...tree, dsl: 1 })
  expect(migrated.dsl).toBe(dslVersion)
  expect(format(migrated)).toBe('from account\nadd x = day(created_at)\n')
  expect(migrateTree({ ...migrated })).toEqual(migrated)
})

test('an unknown version and an unreadable text are told, not changed', () => {
  expect(migrateText('from account', dslVersion + 1)).toMatchObject({ ok: false })
  expect(migrateText('from account\nwhere (', 1)).toMatchObject({ ok: false, diagnostics: [{ code: 'syntax' }] })
})

/** A plan without the texts of its steps, which are comments. */
const planOf = (text: string) => {
  const { plan } = expectAccepted(planExploration(text, languageContext))
  return { ...plan, steps: undefined }
}

test.each([
  ...exampleFiles.map(({ text }) => text),
  'from account\ngroup by date(created_at): n = count()\nsort date_created_at',
])('what is migrated means the same', (text) => {
  expect(planOf(migrate(text))).toEqual(planOf(text))
})

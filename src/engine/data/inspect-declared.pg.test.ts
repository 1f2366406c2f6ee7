import { afterAll, expect, test } from 'vitest'
import { openDuckdbEngine, openPostgresEngine } from '../../../tests/conformance/open-engines.ts'
import { openMariadbEngine } from '../../../tests/conformance/open-mariadb.ts'
import { draftCatalog } from '../../catalog/draft/draft-catalog.ts'
import { writeDraft } from '../../catalog/draft/write-draft.ts'
import { parseCatalog } from '../../catalog/parse-catalog.ts'
import { checkCatalog } from '../../dsl/check/check-catalog.ts'
import { inspectWarehouse } from './inspect-warehouse.ts'

const list = (count: number, write: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => `(${write(at)})`).join(', ')
const day = (at: number) => `'2026-01-${String((at % 28) + 1).padStart(2, '0')}'`

/** No name says what refers to what, and what looks like a key is none. */
const statements = [
  'CREATE TABLE workers (id int, nr int PRIMARY KEY, hired_on date)',
  'CREATE TABLE offices (code int PRIMARY KEY, city varchar(20))',
  `CREATE TABLE visits (at_office int, n int, led int, seen_on date, PRIMARY KEY (at_office, n),
     FOREIGN KEY (led) REFERENCES workers (nr), FOREIGN KEY (at_office) REFERENCES offices (code))`,
  `CREATE TABLE papers (office int, n int, signed_on date, FOREIGN KEY (office, n) REFERENCES visits (at_office, n))`,
  `INSERT INTO workers VALUES ${list(20, (at) => `${at + 500}, ${at + 1}, ${day(at)}`)}`,
  `INSERT INTO offices VALUES ${list(5, (at) => `${at + 1}, 'City ${at}'`)}`,
  `INSERT INTO visits VALUES ${list(60, (at) => `${(at % 5) + 1}, ${Math.floor(at / 5)}, ${(at % 20) + 1}, ${day(at)}`)}`,
  `INSERT INTO papers VALUES ${list(30, (at) => `${(at % 5) + 1}, ${at % 6}, ${day(at)}`)}`,
]

const engines = await Promise.all(
  [openDuckdbEngine, openPostgresEngine, openMariadbEngine].map((open) => open(statements)),
)
afterAll(() => Promise.all(engines.map(({ close }) => close())))

test.each(engines.map(({ warehouse }) => [warehouse.dialect, warehouse] as const))(
  'keys and references that tables of %s declare are drafted as they are',
  async (_, warehouse) => {
    const models = draftCatalog(await inspectWarehouse(warehouse, () => undefined))
    const sources = models.map((model) => ({ name: `${model.name}.yaml`, text: writeDraft(model, 'x') }))
    const outcome = parseCatalog(sources)
    if (!outcome.ok) throw new Error(outcome.diagnostics.map(({ message }) => message).join('\n'))
    expect(checkCatalog(outcome.value)).toEqual([])
    const { worker, visit, paper } = outcome.value.models
    expect(worker?.key).toEqual(['nr'])
    expect(visit?.key).toEqual(['at_office', 'n'])
    const pairs = Object.values(visit?.relations ?? {}).map(({ to, cardinality, pairs }) => [to, cardinality, ...pairs])
    expect(pairs.toSorted()).toEqual([
      ['office', 'one', { own: 'at_office', other: 'code' }],
      ['worker', 'one', { own: 'led', other: 'nr' }],
    ])
    expect(Object.values(paper?.relations ?? {}).filter(({ to }) => to === 'visit')).toEqual([])
    const text = sources.map((source) => source.text).join('\n')
    expect(text).toMatch(/key: nr # declared as the primary key/)
    expect(text).toMatch(/one: led.*# declared as a foreign key; all of 20 values are keys there/)
  },
)

/**
 * How well `hunch drivers` finds root causes that others have labelled, beside published methods: exact matches of slices (F1, by
 * setting), how often the labelled set is among the first answers (hit@k), and milliseconds of processor time a case. `node bench/drivers.ts <folder>…`,
 * each with `cases.json` (file, root_cause, and for ratios dimensions and timestamp), the gzipped csv files it names, and a README whose
 * tables of methods are the anchors. Additive cases have columns real and predict; ratios have min, value and cnt, and a leaf's
 * expectation is its mean over the four minutes before.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { explainChange, type Slice } from '../src/detectors/causes/explain-change.ts'
import type { Leaves } from '../src/detectors/shapes.ts'

interface Case {
  readonly id: string
  readonly file: string
  readonly root_cause: readonly Readonly<Record<string, string>>[]
  readonly dimensions?: readonly string[]
  readonly timestamp: number
}
type Row = Readonly<Record<string, string>>
interface Scored {
  readonly setting: string
  readonly hits: number
  readonly found: number
  readonly labelled: number
  /** Place of the labelled set among the answers, from 1; 0 when it is none of them. */
  readonly rank: number
  readonly ms: number
}

function readRows(file: string): readonly Row[] {
  const [names, ...lines] = gunzipSync(readFileSync(file))
    .toString()
    .trim()
    .split('\n')
    .map((line) => line.split(','))
  return lines.map((cells) => Object.fromEntries(names!.map((name, at) => [name, cells[at]!])))
}

function codeField(rows: readonly Row[], field: string) {
  const places = new Map<string, number>()
  const codes = Int32Array.from(rows, (row) => {
    const place = places.get(row[field]!) ?? places.size
    places.set(row[field]!, place)
    return place
  })
  return { labels: [...places.keys()], codes }
}

function makeLeaves(rows: readonly Row[], { dimensions, timestamp }: Case): Leaves {
  const fields = dimensions ?? ['a', 'b', 'c', 'd']
  const leafOf = (row: Row) => fields.map((field) => row[field]).join('\u0000')
  const now = dimensions ? rows.filter((row) => Number(row.min) === timestamp) : rows
  const coded = fields.map((field) => codeField(now, field))
  const shape = { fields, labels: coded.map(({ labels }) => labels), codes: coded.map(({ codes }) => codes) }
  const column = (name: string) => Float64Array.from(now, (row) => Number(row[name]))
  if (!dimensions) return { ...shape, actual: column('real'), expected: column('predict') }
  const past = new Map<string, { readonly value: number; readonly cnt: number; readonly minutes: number }>()
  for (const row of rows) {
    const age = timestamp - Number(row.min)
    if (age < 60 || age > 240) continue
    const { value, cnt, minutes } = past.get(leafOf(row)) ?? { value: 0, cnt: 0, minutes: 0 }
    past.set(leafOf(row), { value: value + Number(row.value), cnt: cnt + Number(row.cnt), minutes: minutes + 1 })
  }
  const before = now.map((row) => past.get(leafOf(row)) ?? { value: 0, cnt: 0, minutes: 1 })
  return {
    ...shape,
    actual: column('value'),
    expected: Float64Array.from(before, ({ value, minutes }) => value / minutes),
    weight: { actual: column('cnt'), expected: Float64Array.from(before, ({ cnt, minutes }) => cnt / minutes) },
  }
}

const writeSlice = (slice: Slice) =>
  slice
    .map(({ field, value }) => `${field}=${value}`)
    .sort()
    .join('&')
const writeSet = (slices: readonly string[]) => [...new Set(slices)].sort().join(';')

function score(folder: string, one: Case): Scored {
  const leaves = makeLeaves(readRows(join(folder, one.file)), one)
  const labels = one.root_cause.map((cause) =>
    writeSlice(Object.entries(cause).map(([field, value]) => ({ field, value }))),
  )
  const startedAt = process.cpuUsage()
  const { causes, alternatives } = explainChange(leaves)
  const { user, system } = process.cpuUsage(startedAt)
  const ms = (user + system) / 1000
  const found = new Set(causes.map(({ slice }) => writeSlice(slice)))
  const answers = [causes, ...alternatives].map((set) => writeSet(set.map(({ slice }) => writeSlice(slice))))
  const labelled = new Set(labels)
  return {
    setting: one.id.split('_')[0]!,
    hits: [...labelled].filter((label) => found.has(label)).length,
    found: found.size,
    labelled: labelled.size,
    rank: answers.indexOf(writeSet(labels)) + 1,
    ms,
  }
}

const sum = (values: readonly number[]) => values.reduce((total, x) => total + x, 0)
const f1 = (cases: readonly Scored[]) =>
  ((2 * sum(cases.map(({ hits }) => hits))) / sum(cases.map(({ found, labelled }) => found + labelled))).toFixed(3)
const hit = (cases: readonly Scored[], k: number) =>
  (cases.filter(({ rank }) => rank > 0 && rank <= k).length / cases.length).toFixed(3)

for (const folder of process.argv.slice(2)) {
  const all = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as readonly Case[]
  const cases = all.map((one) => score(folder, one))
  const ms = cases.map((one) => one.ms).sort((a, b) => a - b)
  const settings = [...new Set(cases.map(({ setting }) => setting))].sort()
  console.log(`\n## ${folder}: ${cases.length} cases\n`)
  console.log('| F1 | hit@1 | hit@3 | hit@5 | processor ms a case | p95 |\n|--:|--:|--:|--:|--:|--:|')
  const hits = [1, 3, 5].map((k) => hit(cases, k)).join(' | ')
  console.log(
    `| ${f1(cases)} | ${hits} | ${(sum(ms) / ms.length).toFixed(0)} | ${ms[Math.floor(0.95 * ms.length)]!.toFixed(0)} |`,
  )
  if (settings.length < 20)
    console.log(
      `\n${settings.map((name) => `${name} ${f1(cases.filter(({ setting }) => setting === name))}`).join(', ')}`,
    )
  const anchors = readFileSync(join(folder, 'README.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') || line.includes('hit@1 0'))
  console.log(`\nPublished methods, as the folder's README has them:\n\n${anchors.join('\n')}`)
}

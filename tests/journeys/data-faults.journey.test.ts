import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { findOrGatherEvidence } from '../../src/engine/evidence/find-evidence.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { describeDrivers } from '../../src/reports/describe-drivers.ts'
import { chooseDigest } from '../../src/reports/digest.ts'
import { renderEvidencePage } from '../../src/web/pages/evidence.ts'
import { type BusyRow, makeBusyCompany, type PlantedRows } from './busy-company.ts'
import { openWorkspace } from './open-workspace.ts'

const open = (edit: PlantedRows['edit'], seed = 1) => openWorkspace((url) => makeBusyCompany(seed, url, { edit }))

async function tell(edit: PlantedRows['edit'], seed = 1): Promise<readonly Finding[]> {
  const { app, asOf } = await open(edit, seed)
  return (await runCycle(app, { asOf })).findings
}

/** The page opens on a picture and the finding's numbers, says what to make of it, and asking again gives the same. */
async function expectPage(app: App, finding: Finding) {
  const evidence = await findOrGatherEvidence(app, finding)
  const page = renderEvidencePage({ workspace: 'x', finding, evidence, reruns: [], feedback: [], breakdowns: [] })
  for (const words of [finding.headline, finding.note!, '<svg', 'Told by the same rows']) expect(page).toContain(words)
  expect(page).not.toContain('NaN')
  const { pValue, observed, expected, low, high } = finding
  expect(evidence.test.numbers).toMatchObject({ pValue, observed, expected, low, high })
  expect(describeDrivers(finding)).toBe(finding.note)
  expect(await rerunFinding(app, finding.key)).toMatchObject({ holds: true, difference: 'exactly the same numbers' })
}

const withValues = (row: BusyRow, values: BusyRow['values']): BusyRow => ({
  ...row,
  values: { ...row.values, ...values },
})

/** From 3 September on, 28 days before the end, Pro is called Professional. */
const renamed = (row: BusyRow): readonly BusyRow[] =>
  row.values.plan === 'pro' && row.ago < 28 ? [withValues(row, { plan: 'professional' })] : [row]

test('a value that goes on under another name is told once, as that, and stays one story', async () => {
  const { app, asOf } = await open(renamed)
  const before = await runCycle(app, { asOf: '2026-09-29' })
  const { findings } = await runCycle(app, { asOf })
  expect(findings).toMatchObject([
    {
      kind: 'renamed_value',
      model: 'account',
      slice: [{ field: 'plan', value: 'pro' }],
      renamed: { field: 'plan', from: 'pro', to: 'professional' },
      from: '2026-09-03',
      to: null,
      good: undefined,
      state: 'ongoing',
      key: before.findings[0]?.key,
    },
  ])
  const [finding] = findings
  expect(finding?.headline).toMatch(
    /^Plan Pro seems to be called Professional since 3 Sep 2026: \d+ rows a day against \d+ expected$/,
  )
  expect(finding?.merged).toEqual(
    expect.arrayContaining(['one value of plan left the others in signups', 'pro share changed level']),
  )
  expect(finding?.score.total).toBeLessThan(0.7)
  await expectPage(app, finding!)
})

test('a new name hides nothing that happened at the same time, and ranks below it', async () => {
  const findings = await tell((row) => {
    const isLost = row.values.source === 'ads' && row.ago < 20 && row.day.length > 0 && Number(row.values.seats) > 6
    return isLost ? [] : renamed(row)
  })
  expect(findings.map(({ kind, slice }) => [kind, slice[0]?.value])).toEqual(
    expect.arrayContaining([
      ['level_shift', 'ads'],
      ['renamed_value', 'pro'],
    ]),
  )
  expect(findings[0]).toMatchObject({ kind: 'level_shift' })
  expect(findings.filter(({ slice }) => slice.some(({ value }) => value === 'pro'))).toHaveLength(1)
})

test('a value that ends and another that begins weeks later are two things', async () => {
  const findings = await tell((row) => {
    if (row.values.plan !== 'pro' || row.ago >= 40) return [row]
    return row.ago < 20 ? [withValues(row, { plan: 'professional' })] : []
  })
  expect(findings.map(({ kind }) => kind)).not.toContain('renamed_value')
  expect(findings.some(({ slice }) => slice.some(({ value }) => value === 'pro'))).toBe(true)
})

test('nor is a value that begins on the day, with as many rows but of another kind', async () => {
  const findings = await tell((row) => {
    if (row.values.plan !== 'pro' || row.ago >= 28) return [row]
    return [withValues(row, { plan: 'professional', country: row.values.country === 'DE' ? 'EE' : 'DE' })]
  })
  expect(findings.map(({ kind }) => kind)).not.toContain('renamed_value')
})

test('a launch of a new value beside the others is none', async () => {
  const findings = await tell((row) =>
    row.values.plan === 'pro' && row.ago < 28 ? [row, withValues(row, { plan: 'professional' })] : [row],
  )
  expect(findings.map(({ kind }) => kind)).not.toContain('renamed_value')
  expect(findings.length).toBeGreaterThan(0)
})

/** From 19 September on, 12 days before the end, a third of the rows of every table is missing. */
const lossy = (row: BusyRow, chance: number): readonly BusyRow[] => (row.ago < 12 && chance < 0.35 ? [] : [row])

test('rows that are missing from all tables are one finding about the pipeline, ranked first', async () => {
  const { app, asOf } = await open(lossy)
  const before = await runCycle(app, { asOf: '2026-09-29' })
  const { findings } = await runCycle(app, { asOf })
  expect(findings).toMatchObject([
    {
      kind: 'pipeline_fault',
      slice: [],
      direction: 'down',
      from: '2026-09-19',
      to: null,
      good: undefined,
      state: 'ongoing',
      key: before.findings[0]?.key,
    },
  ])
  const [finding] = findings
  expect(finding?.headline).toMatch(
    /^Rows seem to be missing: [56] metrics of 4 tables fell by about 3\d% at once, since 19 Sep 2026$/,
  )
  const named = finding?.concerns?.map(({ model, metric }) => `${model}.${metric}`)
  expect(named).toEqual(expect.arrayContaining(['account.signups', 'event.events', 'ticket.tickets']))
  expect(finding?.merged).toEqual(expect.arrayContaining(['invoices changed level', 'tickets changed level']))
  expect(finding?.score.total).toBeGreaterThan(0.85)
  await expectPage(app, finding!)
  expect(chooseDigest(before.findings, { follows: ['tickets'], shown: 5 })?.cards).toHaveLength(1)
  expect(chooseDigest(before.findings, { follows: ['seats'], shown: 5 })).toBeUndefined()
})

test('rows that were loaded twice for a week are one, too, with an end', async () => {
  const [finding, ...others] = await tell((row, chance) =>
    row.ago < 10 && row.ago >= 3 && chance < 0.5 ? [row, row] : [row],
  )
  expect(others).toEqual([])
  expect(finding).toMatchObject({ kind: 'pipeline_fault', direction: 'up', from: '2026-09-21', to: '2026-09-28' })
  expect(finding?.headline).toMatch(
    /^Rows seem to be loaded twice: 6 metrics of 4 tables rose by about \d+% at once, from 21 Sep 2026 to 27 Sep 2026$/,
  )
})

/** What is left of, or comes on top of, a table's rows. */
type Parts = Readonly<Record<BusyRow['table'], number>>
const business: Readonly<Record<string, PlantedRows['edit']>> = {
  'a launch': (row, chance) => {
    const more: Parts = { accounts: 0.7, events: 0.4, invoices: 0.3, tickets: 0.5 }
    return row.ago < 15 && chance < more[row.table] ? [row, row] : [row]
  },
  'a holiday of a week': (row, chance) => {
    const less: Parts = { accounts: 0.6, events: 0.45, invoices: 0.3, tickets: 0.5 }
    return row.ago < 9 && row.ago >= 2 && chance < less[row.table] ? [] : [row]
  },
  'a holiday of one country': (row, chance) =>
    row.ago < 9 && row.ago >= 2 && row.values.country !== 'EE' && chance < 0.8 ? [] : [row],
  'an outage that heals': (row, chance) => (row.ago < 14 && chance < 0.8 * Math.exp((row.ago - 14) / 4) ? [] : [row]),
  'a channel that is closed, and what follows from it': (row, chance) => {
    if (row.ago >= 20) return [row]
    if (row.table === 'accounts') return row.values.source === 'organic' && chance < 0.9 ? [] : [row]
    return chance < 0.015 * (20 - row.ago) ? [] : [row]
  },
}

test.each(Object.entries(business))('%s is told as business', async (_, edit) => {
  const findings = await tell(edit)
  expect(findings.map(({ kind }) => kind)).not.toContain('pipeline_fault')
  expect(findings.map(({ kind }) => kind)).not.toContain('renamed_value')
})

import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { findOrGatherEvidence } from '../../src/engine/find-evidence.ts'
import { rerunFinding } from '../../src/engine/rerun-finding.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { describeDrivers } from '../../src/reports/describe-drivers.ts'
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

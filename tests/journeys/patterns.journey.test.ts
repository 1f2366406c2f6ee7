import { expect, test } from 'vitest'
import type { App } from '../../src/app.ts'
import { findOrGatherEvidence } from '../../src/engine/evidence/find-evidence.ts'
import { replayTest } from '../../src/engine/evidence/replay-test.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import { runCycle } from '../../src/engine/run-cycle.ts'
import type { Finding } from '../../src/findings/finding.ts'
import { templates } from '../../src/hypotheses/templates/index.ts'
import type { Template } from '../../src/hypotheses/templates/template.ts'
import { listVerdicts } from '../../src/store/verdicts.ts'
import { renderEvidencePage } from '../../src/web/pages/evidence.ts'
import { makeMixedCompany, type PlantedMix } from './mixed-company.ts'
import { openCompany, openWorkspace } from './open-workspace.ts'

const openMixed = (metric: 'signups' | 'activation', planted: PlantedMix, seed = 1) =>
  openWorkspace((url) => makeMixedCompany(seed, url, metric, planted))

/** A finding's page has a picture, and asking again gives the same numbers. */
async function expectProof(app: App, finding: Finding) {
  const evidence = await findOrGatherEvidence(app, finding)
  expect(evidence.series.length).toBeGreaterThan(200)
  expect(evidence.series.filter(({ value }) => value !== null).length).toBeGreaterThan(200)
  const page = renderEvidencePage({ workspace: 'x', finding, evidence, reruns: [], feedback: [], breakdowns: [] })
  expect(page).toContain(finding.headline)
  expect(page).toContain('<svg')
  expect(page).not.toContain('NaN')
  const { pValue, observed, expected, low, high } = finding
  expect(evidence.test.numbers).toMatchObject({ pValue, observed, expected, low, high })
  expect(await rerunFinding(app, finding.key)).toMatchObject({ holds: true, difference: 'exactly the same numbers' })
}

test('another weekly shape is told as one finding, with evidence and a run that gives the same numbers', async () => {
  const { app, asOf } = await openCompany({ weekendsSince: 56 })
  const { findings } = await runCycle(app, { asOf })
  expect(findings.map(({ kind, metric, slice }) => ({ kind, metric, slice }))).toEqual([
    { kind: 'season_change', metric: 'signups', slice: [] },
  ])
  const [finding] = findings
  expect(finding).toMatchObject({ direction: 'up', good: undefined, to: null, state: 'new' })
  expect(finding?.headline).toMatch(
    /^Signups changed its weekly shape, (Saturdays|Sundays) are higher: \d+ accounts a day against \d+ by the shape before, since \d+ \w+ 2026$/,
  )
  await expectProof(app, finding!)
})

test('what a movement does to patterns is part of its story', async () => {
  const { app, asOf } = await openCompany({ adsLeft: 0.2, lastingDays: 40 })
  const { findings } = await runCycle(app, { asOf })
  expect(findings.filter(({ metric }) => metric === 'signups').map(({ kind }) => kind)).toEqual(['level_shift'])
})

test('nothing is told of patterns where nothing happened', async () => {
  for (const seed of [1, 2]) {
    const { app, asOf } = await openCompany({}, seed)
    const { findings } = await runCycle(app, { asOf })
    expect(findings.map(({ headline }) => headline)).toEqual([])
  }
})

test('a rate that changed by its mix alone is told as that', async () => {
  const { app, asOf } = await openMixed('activation', { tilt: 1.4 })
  const { findings } = await runCycle(app, { asOf })
  expect(findings).toMatchObject([{ kind: 'mix_or_rate', slice: [], by: ['region'], direction: 'down', good: false }])
  expect(findings[0]?.headline).toMatch(
    /^Activation fell because the mix of region changed: \d+% against \d+% with the mix before, since 3 Sep 2026$/,
  )
  await expectProof(app, findings[0]!)
})

test('a value that grows while the whole does not is one finding, whatever tells it', async () => {
  const { app, asOf } = await openMixed('signups', { largest: 2 })
  const { findings } = await runCycle(app, { asOf })
  expect(findings.map(({ headline }) => headline)).toHaveLength(1)
  expect(findings[0]).toMatchObject({ slice: [{ field: 'region', value: 'region_10' }], direction: 'up' })
  expect(findings[0]?.merged).toEqual(
    expect.arrayContaining(['the largest values of region hold another share of signups']),
  )
})

test('nothing is told of mixes where nothing happened', async () => {
  for (const metric of ['activation', 'signups'] as const) {
    const { app, asOf } = await openMixed(metric, {})
    const { findings } = await runCycle(app, { asOf })
    expect(findings.map(({ headline }) => headline)).toEqual([])
  }
})

test('a hypothesis of every template gives exactly the numbers of the shared scan when it is run alone', async () => {
  const asked = new Set<string>()
  for (const { app, asOf } of [await openCompany({ adsLeft: 0.4 }), await openMixed('activation', { tilt: 1.4 })]) {
    const { cycle } = await runCycle(app, { asOf })
    const verdicts = (await listVerdicts(app.database, cycle.id)).filter(({ isReplicate }) => !isReplicate)
    for (const { hypothesis, ...verdict } of verdicts) {
      const kind = `${hypothesis.template} ${hypothesis.detector} ${hypothesis.metric}`
      if (asked.has(kind) || hypothesis.slice.length > 1) continue
      asked.add(kind)
      const { replayed } = await replayTest(app, { ...hypothesis, exploration: hypothesis.text }, [])
      const numbers = replayed.status === 'tested' ? replayed.numbers : replayed.reason
      expect([kind, numbers]).toEqual([kind, verdict.status === 'tested' ? verdict.numbers : verdict.reason])
    }
  }
  const names = [...new Set([...asked].map((kind) => kind.split(' ')[0]))]
  // these companies have no accounts, and nobody in them comes back or waits: journeys of their own ask about that
  const isAsked = ({ models, kind }: Template) =>
    models !== 'portraits' && (kind === 'series' || kind === 'breakdown' || kind === 'distributions')
  expect(names.sort()).toEqual(templates.flatMap((one) => (isAsked(one) ? [one.name] : [])).sort())
})

import { expect } from 'vitest'
import type { App } from '../../src/app.ts'
import { findOrGatherEvidence } from '../../src/engine/evidence/find-evidence.ts'
import { replayTest } from '../../src/engine/evidence/replay-test.ts'
import { rerunFinding } from '../../src/engine/evidence/rerun-finding.ts'
import type { Finding, StoredVerdict } from '../../src/findings/finding.ts'
import { renderEvidencePage } from '../../src/web/pages/evidence.ts'

/** A finding has its numbers, its steps in words and a page with a picture, and gives exactly the same numbers when it is run again. */
export async function expectProof(app: App, finding: Finding, { isOwnMeasure }: { readonly isOwnMeasure?: true } = {}) {
  const evidence = await findOrGatherEvidence(app, finding)
  expect(evidence.test.numbers.pValue).toBe(finding.pValue)
  expect(evidence.steps.map(({ sentence }) => sentence).join(' ')).not.toContain('undefined')
  const view = { workspace: 'x', finding, evidence, reruns: [], feedback: [], breakdowns: [] }
  const page = renderEvidencePage({ ...view, isOwnMeasure })
  expect(page).toContain('<svg')
  expect(page).not.toMatch(/NaN|undefined/)
  expect(await rerunFinding(app, finding.key)).toMatchObject({ holds: true, difference: 'exactly the same numbers' })
  return { evidence, page }
}

/** A hypothesis that is run alone gives exactly the numbers, or the reason, that the shared scan gave it. */
export async function expectSameAlone(app: App, { hypothesis, ...verdict }: StoredVerdict): Promise<void> {
  const { replayed } = await replayTest(app, { ...hypothesis, exploration: hypothesis.text }, [])
  const toTell = (one: typeof replayed | typeof verdict) => (one.status === 'tested' ? one.numbers : one.reason)
  expect([hypothesis.statement, toTell(replayed)]).toEqual([hypothesis.statement, toTell(verdict)])
}

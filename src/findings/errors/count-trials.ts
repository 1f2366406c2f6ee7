import { type Cell, nameFields } from '../../hypotheses/data/plan-history.ts'
import type { SharedScan } from '../../hypotheses/hypothesis.ts'
import type { Finding, StoredVerdict } from '../finding.ts'

/** What a cycle tested of one cell, and how much of it leads a finding. */
export interface CellCount extends Cell {
  readonly tested: number
  readonly told: number
}

/**
 * Counts what a cycle came to, by template, metric and fields. Only what leads a finding counts as told: of many tests that say the same the one
 * that says it best is the one to ask again. Questions that somebody wrote are asked whatever comes of them.
 */
export function countTrials(
  verdicts: readonly StoredVerdict[],
  findings: readonly Finding[],
  scans: readonly SharedScan[],
): readonly CellCount[] {
  const told = new Set(findings.map(({ hypothesisKey }) => hypothesisKey))
  const fieldsOf = new Map(scans.map(({ id, dimensions }) => [id, nameFields(dimensions)]))
  const cells = new Map<string, Cell & { tested: number; told: number }>()
  for (const { hypothesis, scan, status, isReplicate } of verdicts) {
    if (isReplicate || status !== 'tested' || hypothesis.origin !== 'template') continue
    const { template, model, metric, key } = hypothesis
    const fields = fieldsOf.get(scan) ?? '[]'
    const name = [template, model, metric, fields].join('\n')
    const cell = cells.get(name) ?? { template, model, metric, fields, tested: 0, told: 0 }
    cell.tested += 1
    if (told.has(key)) cell.told += 1
    cells.set(name, cell)
  }
  return [...cells.values()]
}

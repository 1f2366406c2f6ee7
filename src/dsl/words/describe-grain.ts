import { toPhrase } from '../check/checker.ts'
import { findColumn, type Relation } from '../check/relation.ts'

/** What one row stands for, in words: `account`, `month and plan`, `row`. */
export function describeGrain(relation: Relation): string {
  const { grain, rows, repeats } = relation
  if (grain.kind === 'model' && rows)
    return [toPhrase(rows.scan.model.label), ...repeats.map(({ label }) => label)].join(' and ')
  if (grain.kind === 'keys') return grain.keys.map((key) => findColumn(relation, key)?.label ?? key).join(' and ')
  return 'row'
}

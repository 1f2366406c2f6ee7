import { defineFamily, type ExistenceFunction } from './function.ts'

const existence = (
  quantifier: ExistenceFunction['quantifier'],
  summary: string,
  example: string,
): ExistenceFunction => ({
  kind: 'existence',
  name: quantifier,
  quantifier,
  signature: `${quantifier}(relation where condition)`,
  summary,
  example,
})

/** Conditions on related rows: true or false for each row, never empty. */
export const existences = defineFamily('Conditions on related rows', [
  existence('any', 'Whether at least one related row meets the condition.', 'any(invoices where status = "open")'),
  existence(
    'all',
    'Whether no related row fails the condition; true where there is none.',
    'all(tickets where closed_at is not empty)',
  ),
  existence('none', 'Whether no related row meets the condition.', 'none(users where role = "admin")'),
])

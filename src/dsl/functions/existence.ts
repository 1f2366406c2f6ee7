import { defineFamily, type ExistenceFunction } from './function.ts'

const existence = (
  quantifier: ExistenceFunction['quantifier'],
  summary: string,
  example: string,
): ExistenceFunction => ({
  kind: 'existence',
  name: quantifier,
  quantifier,
  signature: `${quantifier}(relation where condition) or ${quantifier}(condition)`,
  summary,
  example,
})

/** Conditions on related rows, or on the rows of a group: true or false, never empty. */
export const existences = defineFamily('Conditions on related rows, or on the rows of a group', [
  existence('any', 'Whether at least one row meets the condition.', 'any(invoices where status = "open")'),
  existence(
    'all',
    'Whether no row fails the condition; true where there is none.',
    'all(tickets where closed_at is not empty)',
  ),
  existence('none', 'Whether no row meets the condition.', 'none(users where role = "admin")'),
  {
    kind: 'hierarchy',
    name: 'under',
    asks: 'rows above',
    signature: 'under(relation where condition)',
    summary:
      'Whether one of the rows above meets the condition: that which a relation to the own model leads to, the one above that, and so on (at most 100). The row itself is not asked.',
    example: 'under(parent where name = "Acme")',
  },
  {
    kind: 'hierarchy',
    name: 'above',
    asks: 'rows below',
    signature: 'above(relation where condition)',
    summary:
      'Whether one of the rows below meets the condition: those that a relation to the own model leads here from, those below them, and so on (at most 100). The row itself is not asked.',
    example: 'above(parent where name = "Acme")',
  },
])

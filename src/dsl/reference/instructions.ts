import { functionFamilies } from '../functions/index.ts'
import { steps } from '../steps/index.ts'

const form = `An exploration is a start and steps, one step a line; each step takes the rows of the one before.
Names: a field, or a path over to-one relations (account.plan). Odd names stand in backticks. Texts in "…". Empty: x is empty, x is not empty; of a relation: there is no such row.
A to-many relation stands only inside an aggregate, which is worked out for each row: add n = count(users where role = "admin"); in the condition this.x is the row outside. What several ways lead to counts once.
Name new columns first: add x = …, group by keys: x = …. Unnamed, a bucket is named after its unit (month), a path after its last part.
Operators: + - * / %, = != < <= > >=, and or not, a ?? b (b where a is empty), x in ("a", "b"), x between a and b, contains, starts with, ends with, matches "^[A-Z]" (regular expression); x + 3 days, x - 1 month (times); when(c1: a, c2: b, else: c).
A metric of the model is called among the measures of a group: group by plan: signups().`

const times = `Ranges of time: x in last 12 months · this year · next 2 weeks · quarter to date · 2025 · 2025-Q3 · 2025-03 · 2025-03-14 · 2025-01 to 2025-06;
  x before 2025-03, x since 2025, x after 2025-06-30; then maybe "including this" or "1 year ago". last N units are whole ones before the current.
Dates are bare: created_at >= 2025-03-01. Units: minute hour day week month quarter year.`

/** The language in at most 60 lines, for the system message of a model. Generated, so that it cannot differ from what is compiled. */
export function writeInstructions(): string {
  const stepLines = steps.flatMap(({ grammar, summary }) => [`  ${grammar.join('  or  ')} : ${summary}`])
  const functionLines = functionFamilies.map(
    ({ title, functions }) => `  ${title}: ${functions.map(({ signature }) => signature).join(' · ')}`,
  )
  return [
    form,
    times,
    'Steps:',
    ...stepLines,
    'Functions (aggregates take where, as sum(amount where status = "paid"); over, as count_distinct(user over 30 days) in a group by a period; per, as sum(x per country) or per all):',
    ...functionLines,
    'Example:',
    'from invoice',
    'where status = "paid" and paid_at in last 24 months',
    'group by month(paid_at): revenue = sum(amount)',
    'fill month with 0',
    'add growth = revenue / previous(revenue) - 1',
    'chart line month, revenue, growth',
  ].join('\n')
}

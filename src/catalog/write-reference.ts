import { describeShape } from '../base/check-shape.ts'
import { generatedNote, type ReferencePage } from '../base/reference-page.ts'
import { writeSchemaFile, writeSchemaTable } from '../base/write-schema-page.ts'
import { catalogSchema } from './schema.ts'

const example = `models:
  account:
    table: accounts
    key: id
    synonyms: [customer, company]
    fields:
      id:         { type: number, hidden: true }
      plan:       { type: text, values: { free: Free, pro: Pro }, description: Payment plan }
      created_at: { type: timestamp, label: Signed up }
    relations:
      users: { to: user, many: account_id }
      owner: { to: user, one: owner_id }
    metrics:
      signups: { measure: count(), time: created_at, good: up, slices: [plan], unit: accounts }
events: [{ name: Black Friday, from: 2026-11-27, to: 2026-11-30 }]
`

export function writeCatalogReference(): readonly ReferencePage[] {
  const schema = describeShape(catalogSchema)
  return [
    { path: 'docs/reference/catalog.schema.json', text: writeSchemaFile(schema) },
    {
      path: 'docs/reference/catalog.md',
      text: `${generatedNote}
# The catalog

The \`*.yaml\` files of the catalog's folder say ${schema.description}. They are read as one: a model stands in one file, \`calendar\` in
one file, events in any.

\`\`\`yaml
${example}\`\`\`

- A column that is not among \`fields\` does not exist for explorations.
- A relation has exactly one of \`one\` (columns here that hold the other model's key), \`many\` (columns there that hold this one's) and
  \`through\` (a bridge table with the columns \`<model>_<key>\` of both sides). A map pairs columns by name, this side first.
- Slices are fields of the model, or paths to fields over relations with \`one\`: \`account.plan\`.
- A metric's name stands once in the whole catalog.
- This is YAML 1.2: \`yes\`, \`no\`, \`on\` and \`off\` are texts, and days need no quotes. Text with a comma inside \`{ }\` does.

${writeSchemaTable(schema)}
`,
    },
  ]
}

import { describeShape } from '../base/check-shape.ts'
import { generatedNote, type ReferencePage } from '../base/reference-page.ts'
import { writeSchemaFile, writeSchemaTable } from '../base/write-schema-page.ts'
import { configSchema } from './schema.ts'

const example = `workspace: acme
timezone: Europe/Tallinn
warehouse: duckdb:./data/acme.duckdb
catalog: ./catalog
store: \${DATABASE_URL}
mail: { smtp: "\${SMTP_URL}", from: "Hunch <hunch@acme.test>" }
teams:
  growth: { digest: "0 8 * * mon-fri", members: [ann@acme.test], follows: [signups] }
`

export function writeConfigReference(): readonly ReferencePage[] {
  const schema = describeShape(configSchema)
  return [
    { path: 'docs/reference/config.schema.json', text: writeSchemaFile(schema) },
    {
      path: 'docs/reference/config.md',
      text: `${generatedNote}
# \`hunch.yaml\`

The configuration of ${schema.description}. \`hunch check\` reads it without starting anything; \`hunch init\` writes a first one.

\`\`\`yaml
${example}\`\`\`

- Paths are relative to the folder of this file, \`./.hunch\` included, where state and mails are kept unless told otherwise.
- \`\${NAME}\` anywhere in a text is taken from the environment; a name that is missing or empty there is a mistake. Where a number is
  wanted, the text is read as one. Put a text with \`\${…}\` inside \`{ }\` in double quotes.
- Addresses with passwords and keys belong into the environment. No message and no log shows them, nor what came from it.
- Unknown keys are mistakes. For completion in an editor, begin the file with
  \`# yaml-language-server: $schema=…/docs/reference/config.schema.json\`.

${writeSchemaTable(schema)}
`,
    },
  ]
}

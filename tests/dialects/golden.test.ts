import { expect, test } from 'vitest'
import { expectAccepted } from '../../src/base/diagnostic.ts'
import { compile } from '../../src/dsl/compile.ts'
import { dialects } from '../../src/dsl/dialects/index.ts'
import { languageContext } from '../fixtures/language-catalog.ts'
import { exampleFiles } from '../support/explorations.ts'

/** One for each of what engines differ in: periods, weeks, gaps, the period before, intervals, places, medians, texts, several sources. */
const shown = [
  'average-team-size',
  'largest-plans-per-country',
  'recurring-revenue-over-time',
  'revenue-growth',
  'sessions-per-week',
  'signups-and-logins',
  'time-to-first-report',
]

/** By local time, in weeks that begin on Sunday. */
const calendar = { ...languageContext.calendar, timezone: 'America/New_York', weekStarts: 7 }

test.each(dialects.filter(({ proof }) => proof === 'text').map(({ name }) => name))(
  'the SQL for %s is what was looked at last',
  async (dialect) => {
    const examples = exampleFiles.filter(({ name }) => shown.includes(name.replace('.hunch', '')))
    expect(examples).toHaveLength(shown.length)
    const written = examples.map(({ name, text }) => {
      const context = { ...languageContext, calendar, dialect }
      const { sql, parameters } = expectAccepted(compile(text, context))
      return `-- ${name}\n${sql};\n-- ${JSON.stringify(parameters)}\n`
    })
    await expect(written.join('\n')).toMatchFileSnapshot(`golden/${dialect}.sql`)
  },
)

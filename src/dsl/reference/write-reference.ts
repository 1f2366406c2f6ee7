import { diagnosticCodes } from '../check/diagnostic-codes.ts'
import { functionFamilies } from '../functions/index.ts'
import { steps } from '../steps/index.ts'
import { foreignVerbs } from '../text/parse-foreign-verbs.ts'
import { recipes } from './recipes.ts'
import { guide } from './reference-guide.ts'

const cell = (text: string) => text.replaceAll('|', '\\|')
const code = (text: string) => `\`${text}\``

function writeSteps(): string {
  return steps
    .map(({ name, summary, grammar, example }) =>
      [`### ${name}`, summary, grammar.map(code).join('  \n'), `\`\`\`hunch\n${example}\n\`\`\``].join('\n\n'),
    )
    .join('\n\n')
}

function writeFunctions(): string {
  return functionFamilies
    .map(({ title, functions }) => {
      const rows = functions.map(
        ({ signature, summary, example }) => `| ${cell(code(signature))} | ${cell(summary)} | ${cell(code(example))} |`,
      )
      return [`### ${title}`, '', '| function | gives | example |', '|---|---|---|', ...rows].join('\n')
    })
    .join('\n\n')
}

function writeRecipes(): string {
  return recipes
    .map(({ title, recipes: own }) => {
      const parts = own.map(
        ({ question, note, text }) =>
          `**${question}**${note === undefined ? '' : ` ${note}`}\n\n\`\`\`hunch\n${text}\n\`\`\``,
      )
      return [`### ${title}`, ...parts].join('\n\n')
    })
    .join('\n\n')
}

const form = `One step a line; a step goes on over lines that are indented. \`#\` starts a comment, which the formatter keeps. Nothing is
reserved: a column may be called \`from\`, \`month\` or \`count\`; names with other letters than these stand in backticks.

Optional first lines: \`title "…"\`, \`as of 2026-09-30\` (the day that counts as today), \`timezone Europe/Tallinn\`.

A line \`param <name> <type> = <value>\` among them (types: text, number, boolean, date, timestamp) makes a value that whoever runs the
exploration may give; its name stands for it in expressions, and the written value where none is given. It may not be the name of a column
that is there. The text of a run holds the values that were used.

Several blocks: a line \`block <name>\` names the steps below it, up to the next such line; later blocks read its rows by \`from block\`,
\`join block\` and \`append block\`. The last block is the result, and needs no name where it starts with \`from\`.

A column without a name of its own is called after what it is: a period by its unit (\`month(created_at)\` is \`month\`), a path by its last part
(\`account.country\` is \`country\`), a call by itself and what it looks at (\`sum(amount)\` is \`sum_amount\`, \`hour_of_day(at)\` is \`hour_of_day_at\`),
\`count()\` is \`count\`. Another name stands before what it names in \`add\` and \`group\` (\`group by joined = month(created_at): n = count()\`), and behind it in \`show\`
(\`show mrr * 12 as yearly\`). \`add\` makes one column; write one a line. What a group makes is a column on the lines below it, not beside itself: \`group by plan: n = count()\`, then \`add part = n / total(n)\`.

| written | means |
|---|---|
| \`"…"\` \`12.5\` \`30%\` \`true\` | values; \`30%\` is 0.3 |
| \`2025\` \`2025-Q3\` \`2025-03\` \`2025-03-14\` | a period; beside a time, the whole of it |
| \`2025-03-14T09:30\` | a time of that day |
| \`+ - * / %\` | numbers; \`7 % 2\` is the remainder, 1 |
| \`account.plan\` | a field of the row that a to-one relation leads to |
| \`x is empty\`, \`x ?? y\` | nothing there; \`y\` where \`x\` is empty |
| \`account is empty\`, \`users is not empty\` | no row there: of a to-one relation that there is none, of a to-many relation that there are some |
| \`x != y\`, \`not c\` | keep empty values: an empty \`x\` is not \`y\`, an empty condition did not hold |
| \`x / 0\` | empty |
| \`x in ("a", "b")\`, \`x between 1 and 5\` | one of; both ends included |
| \`contains\`, \`starts with\`, \`ends with\` | parts of a text, small and capital letters alike |
| \`x matches "^[A-Z]\\\\d+$"\` | a regular expression, capitals told apart: letters, \`.\`, \`[a-z]\`, \`\\d \\w \\s\` (of ASCII), \`^ $\`, \`( )\`, \`\\|\`, \`* + ? {2,5}\` |
| \`x + 3 days\`, \`x - 1 month\` | a time so much later or earlier, by the calendar's clock: a day later is the same time of day, and 31 January and a month is 28 February |
| \`x + seats * 30 minutes\` | so often a length of time as a number of the row says: of minutes and hours to the whole second, of longer units to whole days or months |
| \`when(c1: a, c2: b, else: c)\` | the value of the first condition that holds |

### Ranges of time

\`last 3 months\` are the three whole months before the current one, \`this year\` and \`next 2 weeks\` whole units around today, \`month to date\`
the unit's start up to, and without, today; \`in today\` and \`in yesterday\` are days. \`2025-01 to 2025-06\` goes from the start of the first to the end of the second. \`before\`, \`after\` and
\`since\` stand without \`in\`. \`last 3 months including this\` adds the current month; \`year to date 1 year ago\` moves the whole range.`

/** The reference page of the language in Markdown, from the registries: it cannot differ from what is compiled. */
export function writeReference(): string {
  const codes = Object.entries(diagnosticCodes)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, meaning]) => `| ${code(name)} | ${cell(meaning)} |`)
  const verbs = foreignVerbs.map(([theirs, ours]) => `| ${code(theirs)} | ${code(ours)} |`)
  return [
    '# The exploration language',
    'Generated from the registries in `src/dsl`; do not edit.',
    guide,
    `## Form\n\n${form}`,
    `## Recipes\n\nMore are in \`examples/explorations\`, each a file with the question that it answers.\n\n${writeRecipes()}`,
    `## Steps\n\n${writeSteps()}`,
    `## Functions\n\n${writeFunctions()}`,
    `## Words of other languages\n\nMended when met, and told. Operators and functions likewise: \`==\`, \`<>\`, \`is null\`, \`count(*)\`, \`date_trunc("month", x)\`.\n\n| written | is |\n|---|---|\n${verbs.join('\n')}`,
    `## Diagnostics\n\n| code | meaning |\n|---|---|\n${codes.join('\n')}`,
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n')
}

import type { Diagnostic } from '../base/diagnostic.ts'

/** Every code that the language reports, with what it stands for. Stable: tools and stored repairs name them. */
export const diagnosticCodes = {
  'across-rows-here':
    '`previous` or `total` stands where there are no rows around: inside an aggregate or a condition of one.',
  'aggregate-outside-group': 'An aggregate stands where there is one row.',
  arguments: 'A function has too few, too many or the wrong kind of arguments.',
  'broken-metric': "A metric's measure in the catalog does not hold.",
  'broken-policy': "A policy's condition in the catalog does not hold.",
  'chart-columns': 'A chart lacks the columns that its kind needs.',
  'code-fence': 'A Markdown code fence stands around the steps. Mended.',
  'constant-key': 'A key of a group has one value for all rows.',
  'curly-quotes': 'A text stands in typographic quotes. Mended.',
  'duration-here': 'A length of time stands where a value is needed.',
  'fill-series': '`fill` does not name all keys that tell series apart. Mended.',
  'foreign-operator': 'An operator of another language: `==`, `<>`, `&&`, `!`. Mended.',
  'foreign-words': 'Words of another language: `is null`, `count(*)`, `order by`, `having`, `like`. Mended.',
  'from-first': '`from` is missing, or is not the first step.',
  'metric-without-call': 'A metric stands without its parentheses. Mended.',
  'name-case': 'The names of two columns differ by case only, which engines take for one name.',
  'name-length': 'A name is empty or too long.',
  'name-missing': 'A computed column has no name, and none follows from its expression. Mended.',
  'name-taken': 'Two columns would have one name. Mended.',
  'no-steps': 'There is nothing to compile.',
  'no-such-date': 'A date that is not in the calendar.',
  'no-time-axis': '`fill` or `previous` where rows are not one period each.',
  'not-a-condition': 'A condition is neither true nor false.',
  'not-aggregated': 'A column of many values stands among the measures of a group without an aggregate.',
  'number-too-large': 'A number beyond what can be counted.',
  range: 'A range of time with a part that does not go with it.',
  'range-too-fine': 'Hours or minutes are asked of a date.',
  'relation-as-value':
    "A relation stands where one of its model's fields is needed. Mended where the model has a name field.",
  'rest-here': '`rest as` stands where the rest cannot be worked out from rows.',
  'reversed-between': '`between` with the larger value first. Mended.',
  'several-relations': 'One aggregate over the rows of two relations.',
  'step-after-end': 'A step behind `test` or `chart`.',
  'stretch-too-short': '`previous` by less than the period of the rows.',
  syntax: 'The text cannot be read at this place.',
  'to-many-in-group': 'A to-many path directly in an aggregate of a group. Mended for counts and sums.',
  'to-many-outside-aggregate':
    'A to-many path where one value is needed. Mended where it names the relation: it is counted.',
  'too-deep': 'Too many nested parts in one step.',
  'too-long': 'The text is too long, or has too many steps.',
  'trailing-comma': 'Nothing follows a comma. Mended.',
  'trailing-mark': 'A mark at the end of a step. Mended.',
  'type-mismatch': 'A value has the wrong type.',
  pipe: 'Steps are joined by pipes. Mended.',
  'unclosed-quote': 'A text or name is never closed.',
  'unexpected-character': 'A character without meaning.',
  'unknown-function': 'There is no such function. Mended where one of another language is meant.',
  'unknown-mark': 'There is no such chart.',
  'unknown-metric': 'There is no such metric.',
  'unknown-model': 'There is no such model. Mended for plurals, labels, tables and synonyms.',
  'unknown-name': 'There is no such column or relation here. Mended for other spellings and a missing path prefix.',
  'unknown-step': 'There is no such step.',
  'unknown-timezone': 'There is no such time zone.',
  'unknown-value': 'A field has no such value. Mended for other spellings and labels; else a warning.',
  'unknown-viewer': 'Rows are shown to known viewers only, and nobody is named who asks.',
  'unsupported-relation': 'A relation over a bridge table or a validity range, which explorations cannot follow.',
  'wrong-column': 'A column that is there, of the wrong type.',
  'zigzag-path': 'A path that goes to many rows, back to one, and to many again.',
} as const

export type DiagnosticCode = keyof typeof diagnosticCodes

/** A diagnostic of the language before its place is known. */
export type Report = Pick<Diagnostic, 'message'> & Partial<Diagnostic> & { readonly code: DiagnosticCode }

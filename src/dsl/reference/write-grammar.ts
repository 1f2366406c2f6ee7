import { grains } from '../../base/periods.ts'
import { functionNames } from '../functions/index.ts'
import { stepNames } from '../steps/index.ts'

const anyOf = (words: readonly string[]): string =>
  [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|')

/** Words between the parts of a step. They mean something by their place only, so a column may have the same name. */
const connectives = [
  'metric',
  'by',
  'where',
  'per',
  'over',
  'as',
  'with',
  'ties',
  'rest',
  'on',
  'for',
  'within',
  'gap',
  'strict',
  'from',
  'to',
  'then',
]
const operators = [
  'and',
  'or',
  'not',
  'in',
  'is',
  'empty',
  'between',
  'contains',
  'matches',
  'starts',
  'ends',
  'desc',
  'asc',
]
const times = [
  'last',
  'next',
  'this',
  'ago',
  'including',
  'before',
  'after',
  'since',
  'date',
  ...grains,
  ...grains.map((grain) => `${grain}s`),
]

/**
 * The TextMate grammar of explorations, for editors and for pages that show code. Made from the registries: a new step or function is
 * coloured without a change here. Colours only; what is right is the language server's business.
 */
export function writeGrammar(): string {
  const patterns = [
    { name: 'comment.line.number-sign.hunch', match: '#.*$' },
    { name: 'keyword.control.step.hunch', match: `(?i)^\\s*(?:${anyOf(stepNames)})\\b(?!\\s*=)` },
    {
      match: '(?i)^\\s*(title|as of|timezone|param|block)\\b',
      captures: { 1: { name: 'storage.type.header.hunch' } },
    },
    { name: 'string.quoted.double.hunch', begin: '"', end: '"|$', patterns: [{ include: '#escape' }] },
    { name: 'string.quoted.single.hunch', begin: "'", end: "'|$", patterns: [{ include: '#escape' }] },
    { name: 'variable.other.quoted.hunch', begin: '`', end: '`|$', patterns: [{ include: '#escape' }] },
    {
      name: 'constant.other.date.hunch',
      match: '\\b\\d{4}-(?:[Qq][1-4]|\\d{2}(?:-\\d{2}(?:T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?Z?)?)?)\\b',
    },
    { name: 'constant.numeric.hunch', match: '\\b\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?%?' },
    { name: 'constant.language.boolean.hunch', match: '(?i)\\b(?:true|false)\\b' },
    {
      match: '\\b([\\p{L}_][\\p{L}\\p{N}_]*)\\s*(?==(?!=))',
      captures: { 1: { name: 'variable.other.definition.hunch' } },
    },
    { name: 'support.function.hunch', match: `\\b(?:${anyOf(functionNames)}|when)(?=\\()` },
    { name: 'entity.name.function.metric.hunch', match: '\\b[\\p{L}_][\\p{L}\\p{N}_]*(?=\\()' },
    { name: 'keyword.operator.word.hunch', match: `(?i)(?<!\\.)\\b(?:${anyOf(operators)})\\b(?!\\.)` },
    { name: 'keyword.other.hunch', match: `(?i)(?<!\\.)\\b(?:${anyOf(connectives)})\\b(?!\\.)` },
    { name: 'support.constant.time.hunch', match: `(?i)(?<!\\.)\\b(?:${anyOf(times)})\\b(?!\\.)` },
    { name: 'keyword.operator.hunch', match: '\\?\\?|!=|<=|>=|[-+*/%=<>]' },
    { name: 'variable.other.hunch', match: '[\\p{L}_][\\p{L}\\p{N}_]*' },
  ]
  const grammar = {
    $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
    name: 'Hunch',
    scopeName: 'source.hunch',
    fileTypes: ['hunch'],
    patterns,
    repository: { escape: { patterns: [{ name: 'constant.character.escape.hunch', match: '\\\\.' }] } },
  }
  return `${JSON.stringify(grammar, undefined, 2)}\n`
}

/** A pattern as every engine understands it, or what is wrong with it. */
export type PortablePattern =
  | { readonly ok: true; readonly pattern: string }
  | { readonly ok: false; readonly message: string }

class PatternStop extends Error {}

const stop = (message: string): never => {
  throw new PatternStop(message)
}

/** `\d`, `\w` and `\s` as what a class holds; engines differ in what they take for letters. */
const shorthands: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: ' \t\n\r\f\v' }
const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }
const countMax = 255

interface Reader {
  readonly letters: readonly string[]
  at: number
}

const peek = ({ letters, at }: Reader, ahead = 0): string | undefined => letters[at + ahead]
const take = (reader: Reader): string => reader.letters[reader.at++] ?? ''

const escapeLetter = (letter: string) => (/[\\^$.*+?()[\]{}|]/.test(letter) ? `\\${letter}` : letter)
const escapeInClass = (letter: string) => (/[\\\]^[-]/.test(letter) ? `\\${letter}` : letter)

/** What stands behind a backslash: a shorthand, or the letter meant. */
function readEscape(
  reader: Reader,
): { readonly letter: string } | { readonly shorthand: string; readonly not: boolean } {
  const letter = reader.at < reader.letters.length ? take(reader) : stop('a backslash stands at its end')
  const lower = letter.toLowerCase()
  const shorthand = shorthands[lower]
  if (shorthand !== undefined) return { shorthand, not: letter !== lower }
  if (controls[letter] !== undefined) return { letter: controls[letter] }
  return /[\p{L}\p{N}]/u.test(letter) ? stop(`\`\\${letter}\` is not understood by every engine`) : { letter }
}

/** One end of a range in a class, or a shorthand. */
function readClassItem(reader: Reader): { readonly letter: string } | { readonly shorthand: string } {
  if (peek(reader) === '[' && /^[:.=]$/.test(peek(reader, 1) ?? ''))
    return stop('named classes are not understood by every engine')
  const letter = take(reader)
  if (letter !== '\\') return { letter }
  const escaped = readEscape(reader)
  if ('letter' in escaped) return escaped
  return escaped.not ? stop('a shorthand in capitals stands outside of `[…]` only') : { shorthand: escaped.shorthand }
}

function readClass(reader: Reader): string {
  const negated = peek(reader) === '^' && take(reader) === '^'
  let inside = ''
  while (peek(reader) !== ']' || inside === '') {
    if (peek(reader) === undefined) return stop('`[` is never closed')
    const item = readClassItem(reader)
    if ('shorthand' in item) {
      inside += item.shorthand
      continue
    }
    inside += escapeInClass(item.letter)
    if (peek(reader) !== '-' || peek(reader, 1) === ']' || peek(reader, 1) === undefined) continue
    take(reader)
    const end = readClassItem(reader)
    if ('shorthand' in end || end.letter < item.letter)
      return stop('a range in `[…]` goes from a smaller letter to a larger one')
    inside += `-${escapeInClass(end.letter)}`
  }
  take(reader)
  return `[${negated ? '^' : ''}${inside}]`
}

function readGroup(reader: Reader): string {
  if (peek(reader) === '?') {
    if (peek(reader, 1) !== ':') return stop('`(?…)` is not understood by every engine')
    reader.at += 2
  }
  const inside = readAlternatives(reader)
  return take(reader) === ')' ? `(${inside})` : stop('`(` is never closed')
}

/** `*`, `+`, `?`, `{2,5}`. */
function readRepetition(reader: Reader): string {
  const letter = peek(reader)
  let repetition = ''
  if (letter === '*' || letter === '+' || letter === '?') repetition = take(reader)
  else if (letter === '{') {
    const rest = reader.letters.slice(reader.at).join('')
    const found = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/.exec(rest)
    if (!found) return stop('`{` is followed by one number or two, as `{2,5}`')
    const [whole, least, , most] = found
    if (Number(least) > countMax || Number(most || least) > countMax || Number(most || countMax) < Number(least))
      return stop(`\`${whole}\` is no count from a smaller to a larger number, ${countMax} at most`)
    reader.at += whole.length
    repetition = whole
  }
  const next = peek(reader)
  if (repetition !== '' && next !== undefined && '*+?{'.includes(next))
    return stop(`\`${repetition}${next}\` is not understood by every engine`)
  return repetition
}

function readPiece(reader: Reader): string {
  const letter = take(reader)
  if ('*+?{'.includes(letter)) return stop(`\`${letter}\` has nothing in front to repeat`)
  if (letter === '^' || letter === '$') return letter
  if (letter === '(') return readGroup(reader) + readRepetition(reader)
  if (letter === '[') return readClass(reader) + readRepetition(reader)
  if (letter === '.') return `[^\n]${readRepetition(reader)}`
  if (letter !== '\\') return escapeLetter(letter) + readRepetition(reader)
  const escaped = readEscape(reader)
  const text = 'letter' in escaped ? escapeLetter(escaped.letter) : `[${escaped.not ? '^' : ''}${escaped.shorthand}]`
  return text + readRepetition(reader)
}

function readAlternatives(reader: Reader): string {
  const alternatives: string[] = []
  for (;;) {
    let pieces = ''
    while (peek(reader) !== undefined && peek(reader) !== '|' && peek(reader) !== ')') pieces += readPiece(reader)
    if (pieces === '') return stop('an alternative is empty')
    alternatives.push(pieces)
    if (peek(reader) !== '|') return alternatives.join('|')
    take(reader)
  }
}

/**
 * A regular expression in the words that the engines' own share: letters, `.`, `[a-z]`, `^`, `$`, `( )`, `|`, `* + ? {2,5}`, and `\d \w \s` for
 * what ASCII has of these. Looking around, laziness, references and named classes are refused: no two engines agree on them.
 */
export function readPattern(text: string): PortablePattern {
  const reader: Reader = { letters: [...text], at: 0 }
  if (reader.letters.length > 500) return { ok: false, message: 'it is longer than 500 letters' }
  try {
    const pattern = readAlternatives(reader)
    if (reader.at < reader.letters.length) return { ok: false, message: '`)` closes nothing' }
    return { ok: true, pattern }
  } catch (error) {
    if (error instanceof PatternStop) return { ok: false, message: error.message }
    throw error
  }
}

const lengthMax = 64

/** A number for a text, so that texts cut short stay apart (FNV-1a). */
function hash(text: string): string {
  let state = 0x811c9dc5
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193) >>> 0
  return state.toString(16)
}

/**
 * A name as MariaDB and MySQL can hold it: at most 64 letters of Unicode's first plane, and no space at the end. Columns of a table are so
 * already; a name that somebody gave in an exploration may not be, and has its other letters told by number.
 */
export function spellName(name: string): string {
  const spelled = name.replace(/[\u{10000}-\u{10ffff}]| +$/gu, (letter) => `:${letter.codePointAt(0)!.toString(16)}:`)
  return spelled.length <= lengthMax ? spelled : `${spelled.slice(0, lengthMax - 9)}:${hash(name)}`
}

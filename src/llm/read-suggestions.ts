/** Most explorations that are read of one reply. */
const readMax = 20
/** Longest exploration that is read, in characters. */
const lengthMax = 4_000

const start = /^\s*(from|as of|timezone|param)\b/i

/** Fenced blocks where there are any, without the thoughts of a model that thinks aloud. */
function unwrap(reply: string): string {
  const text = reply.replace(/<think>[\s\S]*?<\/think>/g, '').replaceAll('\0', '')
  const fenced = [...text.matchAll(/```[\w-]*[ \t]*\n([\s\S]*?)(?:```|$)/g)].map(([, body]) => body ?? '')
  return fenced.length > 0 ? fenced.join('\n---\n') : text
}

/**
 * The explorations of a reply: between lines of dashes, in fences, or one below the other with a blank line between them. Prose before an
 * exploration is left out; a reply without any gives none.
 */
export function readSuggestions(reply: string): readonly string[] {
  return unwrap(reply)
    .split(/^[ \t]*-{3,}[ \t]*$|\n[ \t]*\n(?=[ \t]*(?:from|as of|timezone|param)\b)/im)
    .map((part) => {
      const lines = part.split('\n')
      const first = lines.findIndex((line) => start.test(line))
      return first < 0 ? '' : lines.slice(first).join('\n').trim()
    })
    .filter((text) => text !== '' && text.length <= lengthMax)
    .slice(0, readMax)
}

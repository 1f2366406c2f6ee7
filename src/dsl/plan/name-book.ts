/** Gives names to columns that the text does not name, such that they never meet one that it does. */
export interface NameBook {
  /** `wanted`, or `wanted_2` … when taken; each answer is given once. */
  readonly take: (wanted: string) => string
  /** Whether a step of the text, be it a later one, gives a column this name. */
  readonly isWritten: (name: string) => boolean
  /** A stable name for a physical column that is no field: the same answer each time. */
  readonly reserve: (column: string, fields: Readonly<Record<string, unknown>>) => string
}

/** Longest name of a column: Postgres cuts at 63 bytes. */
export const nameLengthMax = 60

/** `known` are names in lower case that stay taken: as many as a catalog has, so that nobody copies them. */
export function createNameBook(written: Iterable<string>, known: ReadonlySet<string> = new Set()): NameBook {
  // Engines may not mind the case.
  const inText = new Set([...written].map((name) => name.toLowerCase()))
  const taken = new Set(inText)
  const isFree = (name: string) => {
    const lower = name.toLowerCase()
    return !taken.has(lower) && !known.has(lower)
  }
  const findFree = (wanted: string, accepts: (name: string) => boolean) => {
    const base = wanted.slice(0, nameLengthMax - 4)
    let name = base
    for (let count = 2; !accepts(name); count++) name = `${base}_${count}`
    return name
  }
  return {
    take: (wanted) => {
      const name = findFree(wanted, isFree)
      taken.add(name.toLowerCase())
      return name
    },
    isWritten: (name) => inText.has(name.toLowerCase()),
    reserve: (column, fields) => findFree(column, (name) => isFree(name) && !(name in fields)),
  }
}

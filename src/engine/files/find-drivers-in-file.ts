import { type ExplainedCause, explainChange, type Slice } from '../../detectors/causes/explain-change.ts'
import { type LeafColumns, readLeavesFile } from './read-leaves-file.ts'

/** What `hunch drivers` prints for a file: one JSON line. Null where a number cannot be formed. */
export type DrivenFile =
  | {
      readonly file: string
      readonly causes: readonly {
        readonly slice: Slice
        readonly share: number | null
        readonly actual: number | null
        readonly expected: number | null
      }[]
      readonly alternatives: readonly (readonly { readonly slice: Slice }[])[]
      /** Milliseconds that the search took, without reading. */
      readonly ms: number
    }
  | { readonly file: string; readonly error: string }

const orNull = (x: number): number | null => (Number.isFinite(x) ? x : null)

const writeCause = ({ slice, share, actual, expected }: ExplainedCause) => ({
  slice,
  share: orNull(share),
  actual: orNull(actual),
  expected: orNull(expected),
})

/** Explains the change in one csv file. A file that cannot be judged is an answer, too. */
export async function findDriversInFile(file: string, columns: LeafColumns): Promise<DrivenFile> {
  const leaves = await readLeavesFile(file, columns)
  if ('error' in leaves) return { file, error: leaves.error }
  const startedAt = performance.now()
  const { causes, alternatives } = explainChange(leaves)
  const ms = Math.round((performance.now() - startedAt) * 10) / 10
  return { file, causes: causes.map(writeCause), alternatives, ms }
}

import type { Shape, Shapes } from '../shapes.ts'

/** Numbers that a detector's page shows, and what is to be seen in them. */
export interface Example<S extends Shape> {
  /** As the picture's caption: a sentence. */
  readonly title: string
  readonly data: () => Shapes[S]
}

/** One example that the detector tells (p-value below 0.001) and one that it rightly leaves alone (above 0.05, or untestable). */
export interface Examples<S extends Shape = Shape> {
  readonly detector: string
  readonly shape: S
  readonly hit: Example<S>
  readonly calm: Example<S>
}

export const defineExamples = <S extends Shape>(examples: Examples<S>): Examples<S> => examples

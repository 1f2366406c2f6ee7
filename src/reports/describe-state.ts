import type { Finding, FindingState } from '../findings/finding.ts'

const words: Readonly<Record<FindingState, string>> = {
  new: 'New',
  ongoing: 'Ongoing',
  recovered: 'Recovered',
  expected: 'Expected',
  new_normal: 'New normal',
}

/** The state as a chip says it. */
export const describeState = (state: FindingState): string => words[state]

const origins: Readonly<Record<NonNullable<Finding['origin']>, string>> = {
  authored: 'Asked by your team',
  watched: 'Watched',
  suggested: 'Suggested by a language model',
}

/** Who asked, where it was no template. */
export const describeOrigin = ({ origin }: Pick<Finding, 'origin'>): string | undefined => origin && origins[origin]

const detectors: Readonly<Record<string, string>> = {
  level_shift: 'Level shift',
  outlier: 'Outlier',
  trend: 'Trend',
}

/** A detector's name for people: `Level shift`. */
export const describeKind = (kind: string): string => {
  const plain = kind.replaceAll('_', ' ')
  return detectors[kind] ?? plain.charAt(0).toUpperCase() + plain.slice(1)
}

import type { JudgedNumbers } from './judge-sibling.ts'

/** A value that is so surely unlike the others is left out when the next is looked at, lest all others look unlike it. */
const clearlyUnlike = 0.01
const leftOutMax = 12
/** Between the names that an option `without` leaves out. */
const separator = ', '

export interface JudgedMember {
  readonly label: string
  readonly judged: JudgedNumbers
  /** Those left out when it was judged, as the option of its test. */
  readonly without: { readonly without?: string }
}

const pValueOf = ({ judged }: Pick<JudgedMember, 'judged'>): number =>
  judged.status === 'tested' ? judged.numbers.pValue : 1

/** Every value of a field once: the most unlike first, then the others without it, for as long as one is clearly unlike them. */
export function judgeOneByOne(
  labels: readonly string[],
  judge: (label: string, without: JudgedMember['without']) => JudgedNumbers,
): readonly JudgedMember[] {
  const told: JudgedMember[] = []
  for (;;) {
    const gone = told.map(({ label }) => label)
    const without = gone.length > 0 ? { without: gone.join(separator) } : {}
    const members = labels
      .filter((label) => !gone.includes(label))
      .map((label): JudgedMember => ({ label, judged: judge(label, without), without }))
    const first = members.reduce<JudgedMember | undefined>(
      (most, one) => (most === undefined || pValueOf(one) < pValueOf(most) ? one : most),
      undefined,
    )
    const isClear = first && pValueOf(first) <= clearlyUnlike && gone.length < leftOutMax
    if (!isClear || first.label.includes(separator)) return [...told, ...members]
    told.push(first)
  }
}

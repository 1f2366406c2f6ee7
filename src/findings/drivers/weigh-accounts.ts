import { divideChange, type Member } from './expect-members.ts'

/** The accounts that a movement lies in. */
export interface Accounts {
  /** Accounts with rows in the periods that moved or in those before. */
  readonly count: number
  /** Those of them that moved the same way as the whole. */
  readonly concerned: number
  /** Largest share first. */
  readonly top: readonly AccountShare[]
}

export interface AccountShare {
  readonly key: string | number | boolean
  /** The account's name; absent where the catalog has none, or says that it is personal. */
  readonly label?: string
  /** Share of the whole change: without this account so much less of it would be there. 1 at most. */
  readonly share: number
  /** In the metric's own terms. Null where there was nothing. */
  readonly actual: number | null
  readonly expected: number | null
}

const topMax = 10

/** How much of a movement lies in each account. The keys of a member are the account's key and, where there is one, its name. */
export function weighAccounts(members: readonly Member[]): Accounts | undefined {
  const { actual, expected, parts } = divideChange(members)
  const change = actual - expected
  if (!Number.isFinite(change) || change === 0) return undefined
  const own = members.flatMap((member, at) => {
    const [key, label] = member.keys
    return key === null || key === undefined ? [] : [{ member, key, label, share: parts[at]! / change }]
  })
  if (own.length === 0) return undefined
  const moved = own.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share)
  return {
    count: own.length,
    concerned: moved.length,
    top: moved.slice(0, topMax).map(({ member, key, label, share }) => ({
      key,
      ...(typeof label === 'string' && label !== '' && { label }),
      share: Math.min(1, Math.round(share * 1000) / 1000),
      actual: level(member.actual, member.weight?.actual),
      expected: level(member.expected, member.weight?.expected),
    })),
  }
}

const level = (total: number, weight: number | undefined): number | null =>
  weight === undefined ? total : weight > 0 ? total / weight : null

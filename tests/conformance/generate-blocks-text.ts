type Random = () => number

/** What a block of a text gives: names of the keys that tell its rows apart, none where they are not known, and of its numbers. */
interface Made {
  readonly lines: readonly string[]
  readonly keys: readonly string[]
  readonly numbers: readonly string[]
}

interface Named extends Made {
  readonly name: string
}

/** What may be asked of a model of the fixture. */
const models = {
  account: {
    conditions: ['seats > 2', 'plan != "pro"', 'mrr > 20', 'not active'],
    keys: ['plan', 'country', 'active', 'month(created_at)', 'year(signed_on)'],
    measures: [
      'n = count()',
      'mrr = sum(mrr)',
      'mean = avg(mrr)',
      'middle = median(seats)',
      'ratio = sum(mrr) / count()',
    ],
    pivot: 'country in ("EE", "DE")',
    values: ['EE', 'DE'],
    time: 'created_at',
  },
  user: {
    conditions: ['logins > 5', 'role = "member"', 'account.active'],
    keys: ['role', 'account.plan', 'account.country', 'month(joined_at)', 'account'],
    measures: ['n = count()', 'logins = sum(logins)', 'most = max(logins)', 'accounts = count_distinct(account)'],
    pivot: 'role in ("admin", "member")',
    values: ['admin', 'member'],
    time: 'joined_at',
  },
} as const

const textKeys: readonly string[] = ['plan', 'country', 'role']
const nameKey = (key: string): string => /^(\w+)\(/.exec(key)?.[1] ?? key.split('.').at(-1) ?? key
const nameMeasure = (measure: string): string => measure.split(' ')[0] ?? measure

function createPick(random: Random) {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!
  const chance = (share: number): boolean => random() < share
  return { pick, chance }
}
type Draw = ReturnType<typeof createPick>

/** Rows of groups: grouped, pivoted or compared. */
function startBlock({ pick, chance }: Draw): Made {
  const model = pick(['account', 'user'] as const)
  const { conditions, keys, measures, pivot, values, time } = models[model]
  const head = [`from ${model}`, ...(chance(0.4) ? [`where ${pick<string>(conditions)}`] : [])]
  const by = [...new Set([pick<string>(keys), pick<string>(keys)])]
  const [measure, other] = [pick<string>(measures), pick<string>(measures)]
  const kind = pick(['group', 'group', 'pivot', 'compare'] as const)
  if (kind === 'pivot') {
    const rest = by.filter((key) => key !== 'account' && nameKey(key) !== pivot.split(' ')[0])
    const apart = rest.length > 0 ? rest : [keys[3]]
    const line = `pivot ${pivot}${chance(0.5) ? ' rest as "other"' : ''} by ${apart.join(', ')}: ${measure}`
    return { lines: [...head, line], keys: apart.map(nameKey), numbers: values }
  }
  if (kind === 'compare') {
    const apart = by.filter((key) => key !== 'account' && !key.includes('('))
    const sides = `${pick(['2024', '2024-10', '(2024-01 to 2024-06)'])} to ${pick(['2025', '2024-03', '2024-12'])}`
    const keyed = apart.length > 0 ? ` by ${apart.join(', ')}` : ''
    const name = nameMeasure(measure)
    const numbers = [name, `${name}_before`, `${name}_change`]
    return { lines: [...head, `compare ${time} in ${sides}${keyed}: ${measure}`], keys: apart.map(nameKey), numbers }
  }
  const grouped = [...new Set([measure, other])]
  const made: Made = {
    lines: [...head, `group by ${by.join(', ')}: ${grouped.join(', ')}`],
    keys: by.map(nameKey),
    numbers: grouped.map(nameMeasure),
  }
  if (chance(0.2)) return { ...made, lines: [...made.lines, 'totals'], keys: [...made.keys, 'is_total'] }
  const hasName = made.keys.some((key) => textKeys.includes(key))
  if (!hasName || chance(0.7)) return made
  return { ...made, lines: [...made.lines, `top 2 by ${made.numbers[0]} rest as "Other"`] }
}

/** The rows with those of an earlier block beside or below them. */
function meetBlock({ pick, chance }: Draw, made: Made, earlier: readonly Named[], at: number): Made {
  const fits = earlier.filter(({ keys }) => keys.length > 0 && keys.every((key) => made.keys.includes(key)))
  if (fits.length > 0 && chance(0.7)) {
    const block = pick(fits)
    const isSame = block.keys.length === made.keys.length
    const keep = pick(['', ' keep matching', ...(isSame ? [' keep all'] : [])])
    const name = `joined_${at}`
    const line = `join block ${block.name} on ${block.keys.join(', ')}${keep}: ${pick(block.numbers)} as ${name}`
    return { ...made, lines: [...made.lines, line], numbers: [...made.numbers, name] }
  }
  if (earlier.length === 0 || chance(0.7)) return made
  return { ...made, lines: [...made.lines, `append block ${pick(earlier).name}`], keys: [] }
}

/** The rows in another shape, or fewer of them. */
function reshape({ pick, chance }: Draw, made: Made): Made {
  const { lines, keys, numbers } = made
  const [first, second, ...others] = numbers
  if (keys.length > 0 && second !== undefined && chance(0.2))
    return {
      lines: [...lines, `unpivot ${first}, ${second} as what, amount`],
      keys: [...keys, 'what'],
      numbers: ['amount', ...others],
    }
  if (keys.length > 0 && chance(0.15))
    return { lines: [...lines, `show ${pick(keys)}, ${first} as shown`, 'unique'], keys: [], numbers: ['shown'] }
  if (chance(0.2)) return { ...made, lines: [...lines, `where ${pick(numbers)} > ${pick([0, 1, 3])}`] }
  return chance(0.15) ? { ...made, lines: [...lines, `sort ${pick(numbers)} desc`, 'limit 5'] } : made
}

/** An exploration of up to four blocks over the fixture, each of which groups rows and may meet those of an earlier one. */
export function generateBlocksText(random: Random): string {
  const draw = createPick(random)
  const earlier: Named[] = []
  const count = draw.pick([1, 2, 3, 4])
  const parts = Array.from({ length: count }, (_, at) => {
    const known = earlier.filter(({ keys }) => keys.length > 0)
    const goesOn = known.length > 0 && draw.chance(0.4) ? draw.pick(known) : undefined
    const start = goesOn ? { ...goesOn, lines: [`from block ${goesOn.name}`] } : startBlock(draw)
    const made = reshape(draw, meetBlock(draw, start, earlier, at))
    if (at === count - 1) return made.lines.join('\n')
    const name = `block_${at}`
    earlier.push({ ...made, name })
    return [`block ${name}`, ...made.lines, ''].join('\n')
  })
  return `${parts.join('\n')}\n`
}

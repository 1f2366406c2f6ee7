/** What words of a question ask for, apart from names of the catalog and stretches of time. */
export type Cue =
  | 'count'
  | 'distinct'
  | 'by'
  | 'top'
  | 'bottom'
  | 'most'
  | 'least'
  | 'newest'
  | 'oldest'
  | 'with'
  | 'without'
  | 'list'
  | 'which'
  | 'trend'
  | 'growth'
  | 'share'
  | 'rate'
  | 'is'
  | 'and'
  /** `how much`: an amount of money or of another unit. */
  | 'amount'
  | 'filler'

export type AggregateName = 'avg' | 'median' | 'sum' | 'min' | 'max'
export type Comparison = '>' | '>=' | '<' | '<=' | '=' | '!='

export type CueMeaning =
  | { readonly kind: 'cue'; readonly cue: Cue }
  | { readonly kind: 'aggregate'; readonly fn: AggregateName }
  | { readonly kind: 'compare'; readonly comparison: Comparison }

const cues: Readonly<Record<Exclude<Cue, 'filler'>, string>> = {
  count: 'how many|number of|count of|count|total number of|volume of|no of|#|num',
  amount: 'how much',
  distinct: 'distinct|unique|different',
  by: 'by|per|for each|for every|in each|of each|each|every|split by|broken down by|break down by|breakdown by|grouped by|group by|across|sliced by|segmented by',
  top: 'top|best',
  bottom: 'bottom|worst',
  most: 'most|highest|largest|biggest|greatest',
  least: 'fewest|least|lowest|smallest',
  newest: 'newest|latest|most recent|recent|last',
  oldest: 'oldest|earliest|first',
  with: 'with|have|has|having|that have|who have|which have|that has|with any|with at least one|whose',
  without:
    'without|without any|without a|without an|with no|with zero|have no|has no|having no|that have no|who have no|have not|have never had|that never had|with 0|that have not|who have not|which have not|that has not|have never|never',
  list: 'list|list all|show|show me|give me|display|find|get|what are|who are|see|table of',
  which: 'which|what',
  trend:
    'over time|trend|trend of|trended|history of|evolution of|development of|timeline of|changed|evolved|developed|change over time|through time',
  growth: 'growth|growth rate|growth of|grown|growing|rate of change',
  share: 'share|share of|percentage|percentage of|percent|percent of|proportion of|distribution of',
  rate: 'rate|ratio',
  is: 'is|are|equal|equal to|=|was|were|named|called',
  and: 'and|,|or|as well as|plus',
}

/** Words that change nothing. */
const fillers = [
  'a|an|the|our|we|us|do|doe|did|had|there|of|in|for|to|all|currently|current|please|can|could|you|tell|me|i',
  'want|need|would|like|know|and|that|who|been|on|from|at|their|it|its|any|much|so|far|be|total value of',
  'value|value of|right now|now|how|today as of|across all|in total|altogether|overall|every single|made',
  'generated|new|come|came|coming|belong|belonging|use|using|was|were|is|are|what is|what was|what were|get',
  'got|make|when|where|out|ever|existing|time|by far|whole|entire|these|those|this|my|your|within|into|go',
  'gone|look|looked|looking|each of|happened|year over|run|ran|done|occurred|took place|happen|being',
  'coming from|bring|brought|drive|drove|give|gave|contribute|contributed|generate|produce|produced',
  'most recently',
].join('|')

const aggregates: Readonly<Record<AggregateName, string>> = {
  avg: 'average|avg|mean|on average|average of',
  median: 'median|typical|median of',
  sum: 'total|sum|sum of|total of|combined|cumulative sum of',
  min: 'minimum|min|minimum of',
  max: 'maximum|max|maximum of',
}

const comparisons: Readonly<Record<Comparison, string>> = {
  '>': 'more than|over|above|greater than|exceeding|larger than|bigger than|higher than|>|is over|is above|is greater than|is more than',
  '>=': 'at least|no less than|no fewer than|>=|minimum of|is at least',
  '<': 'less than|fewer than|under|below|smaller than|lower than|<|is under|is below|is less than',
  '<=': 'at most|up to|no more than|<=|is at most',
  '=': 'exactly|=|equal to|is exactly',
  '!=': 'not|is not|are not|!=|other than|excluding|except|isnt|arent|is other than',
}

function list<K extends string>(
  table: Readonly<Record<K, string>>,
  meaning: (key: K) => CueMeaning,
): readonly (readonly [string, CueMeaning])[] {
  const keys = Object.keys(table) as K[]
  return keys.flatMap((key) => table[key].split('|').map((phrase) => [phrase, meaning(key)] as const))
}

/** Phrase (words or their stems, joined by spaces) → what it asks for. Later entries win: fillers lose to all, `total` is a sum. */
export const cueMeanings: ReadonlyMap<string, CueMeaning> = new Map([
  ...fillers.split('|').map((phrase) => [phrase, { kind: 'cue', cue: 'filler' }] as const),
  ...list(cues, (cue) => ({ kind: 'cue', cue })),
  ...list(comparisons, (comparison) => ({ kind: 'compare', comparison })),
  ...list(aggregates, (fn) => ({ kind: 'aggregate', fn })),
])

export const cueWordsMax = 4

/** Words of grammar: alone, they never stand for a name of the catalog. */
export const grammarWords: ReadonlySet<string> = new Set(
  'by per in from of at the on for to and or with without top last this how many number day week month quarter year a an all each every is are what which where over time more less than most not no between'.split(
    ' ',
  ),
)

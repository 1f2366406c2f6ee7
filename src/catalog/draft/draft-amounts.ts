import { humanizeName } from '../build-model.ts'
import { codeWords, isFlag } from './draft-fields.ts'
import type { MetricInput, SeenField, UnslicedMetric } from './metric-input.ts'
import { hasWord, isKeyName } from './name-words.ts'

const moneyWords = [
  'amount',
  'revenue',
  'price',
  'cost',
  'costs',
  'total',
  'fee',
  'mrr',
  'arr',
  'spend',
  'spent',
  'budget',
  'salary',
  'payment',
  'discount',
  'tax',
  'value',
  'sales',
  'profit',
]
const additiveWords = [
  'amount',
  'revenue',
  'cost',
  'costs',
  'total',
  'fee',
  'mrr',
  'arr',
  'spend',
  'spent',
  'payment',
  'discount',
  'tax',
  'sales',
  'profit',
  'quantity',
  'qty',
  'units',
  'pieces',
  'seats',
  'clicks',
  'impressions',
  'views',
  'orders',
  'hours',
  'minutes',
]
const perUnitWords = [
  'unit',
  'per',
  'avg',
  'average',
  'mean',
  'rate',
  'ratio',
  'percent',
  'percentage',
  'pct',
  'price',
  'score',
  'rating',
  'age',
]

/** Sums of what adds up, averages of what does not, and a quantity times a price. */
export function draftAmounts({ fields, relations, time }: MetricInput): readonly UnslicedMetric[] {
  const keys = new Set(relations.map(({ column }) => column))
  const numbers = fields.filter(
    ({ type, hidden, column, name, seen }) =>
      type === 'number' &&
      !hidden &&
      !isKeyName(column) &&
      !keys.has(column) &&
      !isFlag(seen) &&
      seen.distinct > 2 &&
      !hasWord(name, [
        'year',
        'month',
        'day',
        'zip',
        'zipcode',
        'postcode',
        'postal',
        'mcc',
        ...codeWords,
        'no',
        'number',
        'version',
        'lat',
        'lon',
        'latitude',
        'longitude',
        'line',
      ]),
  )
  const price = numbers.find(({ name }) => hasWord(name, ['price']))
  const quantity = numbers.find(({ name }) => hasWord(name, ['quantity', 'qty', 'units', 'pieces']))
  const product: UnslicedMetric[] =
    price && quantity
      ? [
          {
            name: 'revenue',
            label: 'Revenue',
            measure: `sum(${quantity.name} * ${price.name})`,
            time,
            good: 'up',
            unit: undefined,
            format: 'money',
            note: 'a quantity times a price',
          },
        ]
      : []
  return [...product, ...numbers.slice(0, 6).flatMap((field) => draftAmount(field, time))]
}

/** A sum where a number adds up, and its average. What is kept in hundredths of a currency is told in the currency. */
function draftAmount({ name, seen }: SeenField, time: string): readonly UnslicedMetric[] {
  const isMinor = hasWord(name, ['cents']) && hasWord(name, moneyWords)
  const what = isMinor ? name.replace(/_?cents/, '') : name
  const scale = isMinor ? ' / 100' : ''
  const format = hasWord(name, moneyWords) ? 'money' : 'number'
  const write = (called: string, measure: string, note: string | undefined): UnslicedMetric => ({
    name: called,
    label: humanizeName(called),
    measure: `${measure}${scale}`,
    time,
    good: undefined,
    unit: undefined,
    format,
    note,
  })
  const negative = seen.negative > 0 ? `has values below zero (${seen.negative} rows)` : undefined
  const sum = write(hasWord(what, ['total']) ? what : `total_${what}`, `sum(${name})`, negative)
  const average = write(`average_${what}`, `avg(${name})`, undefined)
  return hasWord(name, additiveWords) && !hasWord(name, perUnitWords) ? [sum, average] : [average]
}

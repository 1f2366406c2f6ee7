import { mean, sumSquares, variance } from '../../src/stats/moments.ts'
import { correlate } from '../../src/stats/pearson.ts'
import { quantileOfSorted } from '../../src/stats/quantile.ts'
import { type Answers, complete, numbers, type Rows, round, toNumber } from './table.ts'

/** Says which values lie more than three standard deviations (divided by n) from the mean. */
function findFarFromMean(values: Float64Array): (value: number) => boolean {
  const center = mean(values)
  const deviation = Math.sqrt(sumSquares(values, center) / values.length)
  return (value) => Math.abs(value - center) > 3 * deviation
}

/** Says which values lie more than 1.5 times the distance of the quartiles outside them. */
function findOutsideQuartiles(values: Float64Array): (value: number) => boolean {
  const sorted = values.slice().sort()
  const [low, high] = [quantileOfSorted(sorted, 0.25), quantileOfSorted(sorted, 0.75)]
  const margin = 1.5 * (high - low)
  return (value) => value < low - margin || value > high + margin
}

type Rule = typeof findFarFromMean
const listOutliers = (values: Float64Array, rule: Rule) => values.filter(rule(values))
const count = (name: string, column: string, rule: Rule) => (rows: Rows) => ({
  [name]: listOutliers(numbers(rows, column), rule).length,
})
const without = (values: Float64Array, rule: Rule) => {
  const isOutlier = rule(values)
  return values.filter((value) => !isOutlier(value))
}
const deviate = (values: Float64Array) => Math.sqrt(variance(values))

export const outliers: Answers = {
  35: count('removed_outliers_count', 'row retention time', findFarFromMean),
  116: (rows) => {
    const isOutlier = findFarFromMean(numbers(rows, 'Happiness Score'))
    const countries = rows.filter((row) => isOutlier(toNumber(row['Happiness Score'])))
    return { outlier_countries: countries.map(({ Country }) => Country).join(',') }
  },
  132: count('outlier_count', 'Fare', findFarFromMean),
  175: count('outliers_count', 'Age', findFarFromMean),
  180: (rows) =>
    Object.fromEntries(
      ['1', '2', '3'].map((name) => {
        const fares = numbers(
          rows.filter(({ Pclass }) => Pclass === name),
          'Fare',
        )
        return [`class${name}_outliers`, listOutliers(fares, findFarFromMean).length]
      }),
    ),
  273: (rows) => {
    const [first, second] = complete(rows, ['MEANGAM', 'MEANGBT'])
    const found = listOutliers(first!, findFarFromMean)
    return {
      correlation_coefficient: round(correlate(first!, second!).value, 3),
      outlier_count: found.length,
      outlier_list: `[${[...found].map((value) => round(value, 2)).join(', ')}]`,
    }
  },
  352: (rows) => ({ fare_outliers: [...listOutliers(numbers(rows, 'Fare'), findFarFromMean).sort()].join(', ') }),
  361: count('outlier_count', 'wind speed', findFarFromMean),
  411: (rows) => {
    const found = listOutliers(numbers(rows, 'Fare'), findOutsideQuartiles)
    return {
      outlier_count: found.length,
      outlier_range_low: round(Math.min(...found), 2),
      outlier_range_high: round(Math.max(...found), 2),
    }
  },
  418: count('outliers_count', 'Volume', findFarFromMean),
  447: count('number_of_outliers', 'BARO', findOutsideQuartiles),
  495: (rows) => {
    const kept = without(numbers(rows, 'Architecture'), findFarFromMean)
    return { mean_without_outliers: round(mean(kept), 2), std_without_outliers: round(deviate(kept), 2) }
  },
  518: (rows) => ({ number_of_entries_left: without(numbers(rows, 'Fare'), findFarFromMean).length }),
  528: (rows) => {
    const isOutlier = findOutsideQuartiles(numbers(rows, 'Fare'))
    const found = rows.filter((row) => isOutlier(toNumber(row.Fare)))
    return { outlier_count: found.length, outlier_ids: found.map(({ PassengerId }) => PassengerId).join(', ') }
  },
  651: count('outlier_count', 'Z', findOutsideQuartiles),
  656: (rows) => {
    const values = numbers(rows, 'X')
    const kept = without(values, findFarFromMean)
    return {
      number_of_outliers: values.length - kept.length,
      new_mean: round(mean(kept), 2),
      new_standard_deviation: round(deviate(kept), 2),
    }
  },
  669: (rows) => {
    const kept = without(numbers(rows, 'MedInc'), findOutsideQuartiles)
    return { mean: round(mean(kept), 2), standard_deviation: round(deviate(kept), 2) }
  },
  740: count('outliers', 'Balance', findFarFromMean),
}

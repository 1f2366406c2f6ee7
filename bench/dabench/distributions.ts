import { testAndersonDarling } from '../../src/stats/anderson-darling.ts'
import { testMoments } from '../../src/stats/dagostino.ts'
import { testFit } from '../../src/stats/kolmogorov-smirnov.ts'
import { kurtosis, mean, skewness, sumSquares, variance } from '../../src/stats/moments.ts'
import { normal } from '../../src/stats/normal.ts'
import { testShapiroWilk } from '../../src/stats/shapiro-wilk.ts'
import { type Answers, add, numbers, type Rows, round, toNumber } from './table.ts'

/** Skewness of a sample as pandas has it: g₁ √(n (n − 1)) / (n − 2). */
const sampleSkewness = (values: Float64Array) => {
  const n = values.length
  return (skewness(values) * Math.sqrt(n * (n - 1))) / (n - 2)
}
const deviate = (values: Float64Array) => Math.sqrt(variance(values))
const nameSign = (value: number, above: string, below: string, equal: string) =>
  value > 0 ? above : value < 0 ? below : equal

/** The answer of a test of normality at 5%: p-value and decision under the names that the question has. */
const shapiro =
  (column: string, decision: string, yes: string, no: string, pName = 'p_value', digits = 4) =>
  (rows: Rows) => {
    const { pValue } = testShapiroWilk(numbers(rows, column))
    return { [pName]: round(pValue, digits), [decision]: pValue > 0.05 ? yes : no }
  }

export const distributions: Answers = {
  19: (rows) => {
    const value = skewness(numbers(rows, 'Mar.2020'))
    return { is_normal: value >= -0.5 && value <= 0.5 ? 'Yes' : 'No' }
  },
  33: (rows) => {
    const { pValue } = testFit(numbers(rows, 'row m/z'), normal.lowerTail)
    return {
      ks_test_p_value: round(pValue, 4),
      normality_decision: pValue >= 0.05 ? 'normally distributed' : 'not normally distributed',
    }
  },
  39: (rows) => ({ is_normal: round(testShapiroWilk(numbers(rows, 'importance.score')).pValue, 4) }),
  130: shapiro('Age', 'is_normal', 'True', 'False', 'norm_test_pvalue'),
  136: (rows) =>
    Object.fromEntries(
      ['1', '2', '3'].map((name) => {
        const fares = numbers(
          rows.filter(({ Pclass }) => Pclass === name),
          'Fare',
        )
        return [`p_value_class_${name}`, round(testShapiroWilk(fares).pValue, 4)]
      }),
    ),
  139: shapiro('per_dem', 'normality_status', 'normal', 'not normal'),
  144: (rows) => {
    const [democrats, republicans] = ['per_dem', 'per_gop'].map((column) => numbers(rows, column))
    const name = (values: Float64Array) => (testAndersonDarling(values).pValue < 0.05 ? 'Not Normal' : 'Normal')
    return {
      mean_dem: round(mean(democrats!), 2),
      mean_gop: round(mean(republicans!), 2),
      std_dev_dem: round(deviate(democrats!), 3),
      std_dev_gop: round(deviate(republicans!), 3),
      dist_dem: name(democrats!),
      dist_gop: name(republicans!),
    }
  },
  174: (rows) => ({ fare_skewness: round(sampleSkewness(numbers(rows, 'Fare')), 2) }),
  244: shapiro('number_of_home_runs', 'normality_test', 'normal', 'not_normal'),
  268: shapiro('MEANPOT', 'normality_test_result', 'Normal', 'Not Normal', 'p_value', 3),
  304: shapiro('Fare', 'normality_test_result', 'True', 'False'),
  309: (rows) => {
    const describe = (name: string, values: Float64Array) => {
      const center = mean(values)
      const deviation = Math.sqrt(sumSquares(values, center) / values.length)
      return {
        [`${name}_skewness`]: round(skewness(values), 2),
        [`${name}_kurtosis`]: round(kurtosis(values) - 3, 2),
        [`${name}_values_within_one_stdev`]: values.filter((value) => Math.abs(value - center) <= deviation).length,
      }
    }
    return { ...describe('age', numbers(rows, 'Age')), ...describe('fare', numbers(rows, 'Fare')) }
  },
  337: (rows) => {
    const value = skewness(numbers(rows, 'MedianSoldPricePerSqft'))
    return {
      skewness_coefficient: round(value, 2),
      skewness_type: nameSign(value, 'Positive Skewness', 'Negative Skewness', 'No Skewness'),
    }
  },
  350: shapiro('Fare', 'is_normal', 'True', 'False'),
  359: (rows) => {
    const values = numbers(rows, 'wind speed')
    const counts = new Map<number, number>()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    const mode = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0]
    const value = (mean(values) - mode) / deviate(values)
    return { skewness_value: round(value, 2), skewness_type: nameSign(value, 'positive', 'negative', 'symmetric') }
  },
  449: shapiro('WINDSPEED', 'normal_distribution', 'yes', 'no', 'shapiro_wilk_pvalue'),
  516: (rows) => ({ skewness_fare: round(sampleSkewness(numbers(rows, 'Fare')), 2) }),
  550: (rows) => {
    const columns = ['Length', 'Diameter', 'Height', 'Whole weight', 'Shucked weight', 'Viscera weight', 'Shell weight']
    const isNormal = columns.every((column) => {
      const values = numbers(rows, column)
      return Math.abs(skewness(values)) <= 0.5 && Math.abs(kurtosis(values) - 3) <= 2
    })
    return {
      missing_values_handled: '"Yes"',
      min_max_scaler_scale: '"0-1"',
      distribution_type: isNormal ? '"Normal"' : '"Non-Normal"',
    }
  },
  644: shapiro('Close', 'result', 'Normal distribution', 'Not a normal distribution'),
  647: (rows) => {
    const ranges = add(rows, 'Price Range', (row) => toNumber(row.High) - toNumber(row.Low))
    const values = numbers(ranges, 'Price Range')
    return {
      price_range_mean: round(mean(values), 2),
      price_range_stddev: round(deviate(values), 2),
      ...shapiro('Price Range', 'is_normal', 'yes', 'no', 'price_range_p_value')(ranges),
    }
  },
  652: (rows) => {
    const { pValue } = testMoments(numbers(rows, 'X'))
    return { normality_test_p_value: round(pValue, 4), normal_distribution: pValue < 0.05 ? 'False' : 'True' }
  },
  667: shapiro('MedInc', 'distribution_type', 'normal', 'not normal'),
  729: (rows) => ({
    distribution_normality: testMoments(numbers(rows, 'gdppercap')).pValue > 0.05 ? 'normal' : 'not normal',
  }),
  736: (rows) =>
    shapiro(
      'total',
      'is_normal',
      'yes',
      'no',
    )(add(rows, 'total', (row) => toNumber(row.pop) * toNumber(row.gdppercap))),
  738: shapiro('Age', 'is_normal', 'Normal', 'Not Normal'),
}

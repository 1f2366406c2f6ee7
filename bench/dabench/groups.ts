import { testKolmogorovSmirnov } from '../../src/stats/kolmogorov-smirnov.ts'
import { testMannWhitney } from '../../src/stats/mann-whitney.ts'
import { median } from '../../src/stats/median.ts'
import { mean, variance } from '../../src/stats/moments.ts'
import { testWelch } from '../../src/stats/welch.ts'
import { type Answers, numbers, type Row, type Rows, round, toNumber } from './table.ts'

const among = (rows: Rows, column: string, isIn: (row: Row) => boolean) => numbers(rows.filter(isIn), column)
const deviate = (values: Float64Array) => Math.sqrt(variance(values))

export const groups: Answers = {
  109: (rows) => {
    const [graduates, others] = ['Graduate', 'Not Graduate'].map((name) =>
      among(rows, 'LoanAmount', ({ Education }) => Education === name),
    )
    return {
      graduate_mean_loan: round(mean(graduates!), 2),
      not_graduate_mean_loan: round(mean(others!), 2),
      significance: testWelch(graduates!, others!).pValue < 0.05 ? 'significant' : 'no significant',
    }
  },
  176: (rows) => {
    const average = mean(numbers(rows, 'Fare'))
    const ages = among(rows, 'Age', (row) => row.Sex === 'male' && row.Survived === '1' && toNumber(row.Fare) > average)
    return { median_age: round(median(ages), 2) }
  },
  177: (rows) => {
    const [first, third] = ['1', '3'].map((name) => among(rows, 'Age', ({ Pclass }) => Pclass === name))
    const { pValue } = testMannWhitney(first!, third!)
    return { p_value: round(pValue, 4), significance: pValue < 0.05 ? 'Yes' : 'No' }
  },
  410: (rows) => {
    const [men, women] = ['male', 'female'].map((name) =>
      among(rows, 'Age', ({ Sex, Survived }) => Survived === '0' && Sex === name),
    )
    return { is_significantly_different: testKolmogorovSmirnov(men!, women!).pValue < 0.05 ? 'True' : 'False' }
  },
  415: (rows) => {
    const [survived, others] = ['1', '0'].map((name) =>
      among(rows, 'Fare', (row) => row.Sex === 'male' && row.Survived === name),
    )
    return {
      survived_fare_mean: round(mean(survived!), 2),
      survived_fare_std: round(deviate(survived!), 2),
      not_survived_fare_mean: round(mean(others!), 2),
      not_survived_fare_std: round(deviate(others!), 2),
      fare_difference_significance: testWelch(survived!, others!).pValue < 0.05 ? 'significant' : 'not significant',
    }
  },
  419: (rows) => {
    const isWeekend = (row: Row) => [0, 6].includes(new Date(`${row.Date} UTC`).getUTCDay())
    const [weekdays, weekends] = [among(rows, 'Open', (row) => !isWeekend(row)), among(rows, 'Open', isWeekend)]
    const { pValue } = testWelch(weekdays, weekends)
    return {
      weekday_mean_price: round(mean(weekdays), 2),
      weekend_mean_price: round(mean(weekends), 2),
      p_value: round(pValue, 4),
      significance: pValue < 0.05 ? 'Yes' : 'No',
    }
  },
  507: (rows) => ({ total_hotels: rows.filter((row) => toNumber(row.star_rating) === 5).length }),
  514: (rows) => {
    const overall = mean(numbers(rows, 'review_count'))
    const averages = [...new Set(rows.map((row) => row.city_name))].map((city) =>
      mean(among(rows, 'review_count', (row) => row.city_name === city)),
    )
    return {
      higher_city_count: averages.filter((average) => average > 2 * overall).length,
      lower_city_count: averages.filter((average) => average < overall / 2).length,
    }
  },
  527: (rows) =>
    Object.fromEntries(
      ['male', 'female'].flatMap((sex) =>
        ['1', '2', '3'].map((name) => [
          `average_age_${sex}_class${name}`,
          round(mean(among(rows, 'Age', ({ Sex, Pclass }) => Sex === sex && Pclass === name)), 2),
        ]),
      ),
    ),
}

import { testIndependence } from '../../src/stats/chi-square-test.ts'
import { mean } from '../../src/stats/moments.ts'
import { correlate } from '../../src/stats/pearson.ts'
import { type Answers, add, complete, numbers, type Rows, round, toNumber } from './table.ts'

const relate = (rows: Rows, x: string, y: string) => {
  const [first, second] = complete(rows, [x, y])
  return correlate(first!, second!)
}
/** The rule many questions share: what is significant is linear from |r| = 0.5, nonlinear below. */
const nameRelation = (value: number, pValue: number) =>
  pValue >= 0.05 ? 'none' : Math.abs(value) >= 0.5 ? 'linear' : 'nonlinear'

const onlyCoefficient =
  (x: string, y: string, digits: number, name = 'correlation_coefficient') =>
  (rows: Rows) => ({ [name]: round(relate(rows, x, y).value, digits) })

const judged =
  (x: string, y: string, digits = 2) =>
  (rows: Rows) => {
    const { value, pValue } = relate(rows, x, y)
    return {
      correlation_coefficient: round(value, digits),
      p_value: round(pValue, 4),
      relationship_type: nameRelation(value, pValue),
    }
  }

const having = (rows: Rows, column: string, value: string) => rows.filter((row) => row[column] === value)

export const correlations: Answers = {
  34: judged('row retention time', 'importance.score'),
  66: judged('wage', 'exper'),
  69: (rows) => {
    const scored = add(rows, 'experience_score', (row) => toNumber(row.exper) * toNumber(row.looks))
    return { correlation: round(relate(scored, 'experience_score', 'wage').value, 3) }
  },
  105: onlyCoefficient('ApplicantIncome', 'LoanAmount', 2),
  117: (rows) => {
    const others = Object.keys(rows[0]!).filter((name) => !['Country', 'Region', 'Happiness Score'].includes(name))
    const found = others.map((name) => ({ name, value: relate(rows, 'Happiness Score', name).value }))
    const strongest = found.reduce((best, one) => (Math.abs(one.value) > Math.abs(best.value) ? one : best))
    return {
      strongest_correlation_variable: strongest.name,
      correlation_type: strongest.value > 0 ? 'positive' : 'negative',
    }
  },
  140: judged('votes_dem', 'votes_gop', 3),
  142: judged('diff', 'per_point_diff'),
  179: (rows) => onlyCoefficient('Age', 'Fare', 3)(having(having(rows, 'Survived', '1'), 'Pclass', '1')),
  249: judged('number_of_doubles', 'salary_in_thousands_of_dollars'),
  269: (rows) => {
    const { value, pValue } = relate(rows, 'TOTUSJH', 'TOTUSJZ')
    const sign = value > 0 ? 'Positive Correlation' : 'Negative Correlation'
    return {
      correlation_type: pValue >= 0.05 ? 'No Significant Correlation' : sign,
      correlation_coefficient: round(value, 2),
      p_value: round(pValue, 3),
    }
  },
  310: (rows) => {
    const names = ['Age', 'Fare', 'SibSp', 'Parch']
    const values = names.flatMap((x, at) => names.slice(at + 1).map((y) => relate(rows, x, y).value))
    return { strongest_correlation_coefficient: round(Math.max(...values), 2) }
  },
  338: (rows) => {
    const { value } = relate(rows, 'SizeRank', 'MedianSoldPricePerSqft')
    const name = value > 0 ? 'Positive Correlation' : value < 0 ? 'Negative Correlation' : 'No Correlation'
    return { correlation_coefficient: round(value, 3), correlation_type: name }
  },
  351: onlyCoefficient('Age', 'Fare', 2),
  360: (rows) => {
    const { value } = relate(rows, 'temperature', 'humidity')
    const size = Math.abs(value)
    const strength = size >= 0.7 ? 'strong' : size >= 0.3 ? 'moderate' : 'weak'
    return { correlation_coefficient: round(value, 2), correlation_strength: strength }
  },
  408: judged('Fare', 'Age'),
  413: (rows) => {
    const { value, pValue } = relate(having(rows, 'Embarked', 'C'), 'Pclass', 'Fare')
    return {
      correlation_coefficient: round(value, 2),
      p_value: round(pValue, 4),
      relationship_significance: pValue < 0.01 ? 'significant' : 'not significant',
    }
  },
  423: (rows) => {
    const measured = add(rows, 'Volatility', (row) => (toNumber(row.High) - toNumber(row.Low)) / toNumber(row.Open))
    const { value } = relate(measured, 'Volatility', 'Volume')
    return {
      correlation_coefficient: round(value, 2),
      relationship_type: value >= 0.5 ? 'positive' : value <= -0.5 ? 'negative' : 'none',
    }
  },
  452: (rows) => judged('WINDSPEED', 'BARO')(rows.filter((row) => toNumber(row.DIR) === 180)),
  508: onlyCoefficient('review_count', 'bubble_score', 3),
  513: (rows) => {
    const among = (isIn: (stars: number) => boolean) =>
      round(
        relate(
          rows.filter((row) => isIn(toNumber(row.star_rating))),
          'review_count',
          'bubble_score',
        ).value,
        2,
      )
    return {
      below3_correlation: among((stars) => stars < 3),
      between3and4_correlation: among((stars) => stars >= 3 && stars <= 4),
      above4_correlation: among((stars) => stars > 4),
    }
  },
  517: onlyCoefficient('Pclass', 'Fare', 2, 'correlation_pclass_fare'),
  520: (rows) => {
    const families = add(rows, 'FamilySize', (row) => toNumber(row.SibSp) + toNumber(row.Parch))
    return { correlation_coefficient: round(relate(families, 'FamilySize', 'Survived').value, 2) }
  },
  522: (rows) => {
    const titles = ['Mr', 'Mrs', 'Miss']
    const table = new Float64Array((titles.length + 1) * 3)
    for (const { Name, Pclass } of rows) {
      const title = / (\w+)\./.exec(Name ?? '')?.[1] ?? ''
      const row = titles.includes(title) ? titles.indexOf(title) : titles.length
      const at = row * 3 + toNumber(Pclass) - 1
      table[at] = table[at]! + 1
    }
    const { statistic, pValue } = testIndependence(table, 3)
    return { chi_square_statistic: round(statistic, 2), p_value: round(pValue, 4) }
  },
  526: onlyCoefficient('Pclass', 'Fare', 2),
  529: judged('SibSp', 'Parch'),
  530: (rows) => {
    const answers = ['male', 'female'].map((sex) => {
      const { value, pValue } = relate(having(rows, 'Sex', sex), 'Age', 'Fare')
      return {
        [`correlation_coefficient_${sex}`]: round(value, 2),
        [`p_value_${sex}`]: round(pValue, 4),
        [`relationship_type_${sex}`]: nameRelation(value, pValue),
      }
    })
    return { ...answers[0], ...answers[1] }
  },
  543: (rows) => {
    const { value } = relate(rows, 'Diameter', 'Rings')
    return {
      correlation_coefficient: round(value, 2),
      relationship_status: Math.abs(value) >= 0.1 ? 'correlate' : 'none',
    }
  },
  650: (rows) => {
    const { value } = relate(rows, 'X', 'Y')
    return { correlation_coefficient: round(Math.abs(value) < 0.05 ? 0 : value, 3) }
  },
  655: (rows) => ({
    correlation_XY: round(relate(rows, 'X', 'Y').value, 2),
    correlation_XZ: round(relate(rows, 'X', 'Z').value, 2),
  }),
  668: (rows) => {
    const { value, pValue } = relate(rows, 'HouseAge', 'MedianHouseValue')
    return {
      correlation_coefficient: round(value, 2),
      p_value: round(pValue, 4),
      significant_correlation: String(pValue < 0.05),
    }
  },
  673: (rows) => {
    const shared = add(rows, 'RoomsPerPerson', (row) => toNumber(row.AveRooms) / toNumber(row.Population))
    return {
      mean_value: round(mean(numbers(rows, 'MedianHouseValue')), 4),
      pearson_coefficient: round(relate(shared, 'MedianHouseValue', 'RoomsPerPerson').value, 4),
    }
  },
  730: judged('pop', 'gdppercap'),
  734: (rows) => {
    // the form has room for one continent: the one named last
    const continents = [...new Set(rows.map(({ continent }) => continent!))]
    const { value, pValue } = relate(having(rows, 'continent', continents.at(-1)!), 'lifeexp', 'gdppercap')
    const isSignificant = pValue < 0.05 && Math.abs(value) >= 0.5
    return {
      correlation_coefficient: round(value, 2),
      p_value: round(pValue, 4),
      correlation_significance: isSignificant ? 'significant' : 'non-significant',
    }
  },
  739: onlyCoefficient('Limit', 'Balance', 2),
}

import { addLazy } from '../base/add-lazy.ts'
import { accept, createDiagnostic, type Outcome, reject } from '../base/diagnostic.ts'
import { findDialect } from './dialects/index.ts'
import { emit } from './emit/emit.ts'
import type { ChartClause, CompileContext, Compiled, TestClause } from './exploration.ts'
import { planExploration } from './plan/plan-exploration.ts'
import { format } from './text/format.ts'
import type { ChartStep, TestStep, Tree } from './tree/ast.ts'
import { identify } from './tree/identify.ts'

function readTest(step: TestStep): TestClause {
  const { detector, measure, time, by, options } = step
  return { detector, measure, time, by, options: Object.fromEntries(options.map(({ name, value }) => [name, value])) }
}

function readChart({ mark, columns, by }: ChartStep): ChartClause {
  const [x, ...y] = columns
  return mark === 'number' ? { mark, x: undefined, y: columns, series: by } : { mark, x, y, series: by }
}

/**
 * From an exploration, as text or tree, to SQL with its parameters, columns, steps in words, and what was mended on the way. Somebody's
 * mistakes are diagnostics; what has exactly one fix is mended and told in `fixes`.
 */
export function compile(source: string | Tree, context: CompileContext, sourceName?: string): Outcome<Compiled> {
  const planned = planExploration(source, context, sourceName)
  if (!planned.ok) return planned
  const { tree, plan, columns, asOf, fixes } = planned.value
  const test = tree.steps.find((step) => step.kind === 'test')
  const { readings, ...emitted } = emit(plan, context.dialect)
  const { readingsMax = readings, title } = findDialect(context.dialect)
  if (readings > readingsMax) {
    const text = typeof source === 'string' ? source : format(source)
    return reject(
      createDiagnostic({
        code: 'too-many-readings',
        message: `${title} would work out the steps ${readings.toLocaleString('en')} times over; ${readingsMax.toLocaleString('en')} is the most`,
        hint: 'Leave out some of the steps that read all rows before them more than once, such as `fill`, `previous` and `totals`.',
        source: { name: sourceName ?? 'exploration', text },
        span: { start: 0, end: text.length },
      }),
    )
  }
  const chart = tree.steps.find((step) => step.kind === 'chart')
  const compiled = {
    tree,
    ...emitted,
    columns,
    asOf,
    test: test && readTest(test),
    chart: chart && readChart(chart),
    fixes,
    lints: planned.diagnostics,
  }
  // Most compilations want the SQL alone.
  const spoken = { text: () => format(tree), key: () => identify(tree), steps: () => planned.value.steps }
  return accept(
    addLazy<typeof compiled, Pick<Compiled, 'text' | 'key' | 'steps'>>(compiled, spoken),
    planned.diagnostics,
  )
}

import { createDiagnostic, type Diagnostic, isError } from '../../base/diagnostic.ts'
import type { Catalog, Model } from '../../catalog/catalog.ts'
import { type CatalogPlaces, placeDiagnostic } from '../../catalog/catalog-places.ts'
import { bindCondition } from '../bind/bind-aggregate.ts'
import { bindExpression } from '../bind/bind-expression.ts'
import { createNameBook } from '../plan/name-book.ts'
import { parse } from '../text/parse.ts'
import { parseMeasure } from '../text/parse-measure.ts'
import { checkTree, createChecker } from './check.ts'
import { type Checker, openRelation, type Scope } from './checker.ts'
import type { BoundKey } from './grouping.ts'
import { createColumn } from './relation.ts'

/** Any day: whether an exploration holds does not depend on it. */
const someDay = '2026-01-01'

/** Mistakes that are said elsewhere, or that only a run can know. */
const silent: ReadonlySet<string> = new Set(['unknown-viewer', 'broken-metric', 'broken-policy', 'period-incomplete'])

type Place = (diagnostic: Diagnostic, path: readonly (string | number)[], text: string) => Diagnostic

/** Checks a measure or a policy's condition over the rows of its model. */
function checkText(
  text: string,
  name: string,
  mode: Scope['mode'],
  model: Model,
  catalog: Catalog,
  time?: string,
): readonly Diagnostic[] {
  const parsed = parseMeasure(text, name)
  if (!parsed.ok) return parsed.diagnostics
  const kept: Diagnostic[] = [...parsed.diagnostics]
  const { calendar } = catalog
  const context = { catalog, calendar, asOf: someDay }
  const created = createChecker(context, kept, { name, text }, createNameBook([]))
  const checker: Checker = mode === 'row' ? { ...created, isPolicy: true } : created
  // The model's own policies are checked on their own.
  const relation = openRelation({ ...checker, open: (one) => checker.open({ ...one, policies: [] }) }, model)
  const scope: Scope = { checker, relation, mode, across: false }
  if (mode === 'row') bindCondition(parsed.value, scope)
  else {
    const bound = bindExpression(parsed.value, { ...scope, group: listDays(time, scope) })
    if (bound.type !== 'unknown' && bound.type !== 'number')
      kept.push(
        createDiagnostic({
          code: 'type-mismatch',
          message: `a measure is a number, and this is of type ${bound.type}`,
          hint: 'Use an aggregate that gives a number, as `count()` or `sum(amount)`.',
          source: { name, text },
          span: { start: 0, end: text.length },
        }),
      )
  }
  return kept.filter(({ code }) => !silent.has(code))
}

/** A group by the day of a metric's time, for measures that look back. */
function listDays(time: string | undefined, scope: Scope): readonly BoundKey[] {
  const arg =
    time === undefined ? undefined : bindExpression({ kind: 'path', parts: [time] }, { ...scope, mode: 'row' })
  if (arg?.type !== 'date' && arg?.type !== 'timestamp') return []
  const column = createColumn({ name: 'day', type: 'date', bucket: 'day' })
  return [{ column, value: { kind: 'bucket', type: 'date', grain: 'day', arg }, identity: [] }]
}

function checkExploration(text: string, name: string, catalog: Catalog): readonly Diagnostic[] {
  const parsed = parse(text, name)
  if (!parsed.ok) return parsed.diagnostics
  const kept: Diagnostic[] = [...parsed.diagnostics]
  const { asOf = someDay } = parsed.value.header
  checkTree(parsed.value, { catalog, calendar: catalog.calendar, asOf }, kept, { source: { name, text } })
  return kept.filter(({ code }) => !silent.has(code))
}

function checkModel(model: Model, catalog: Catalog, place: Place): readonly Diagnostic[] {
  const at = (...path: readonly (string | number)[]) => ['models', model.name, ...path]
  const metrics = Object.values(model.metrics).flatMap(({ name, measure, time }) =>
    checkText(measure, `metric ${model.name}.${name}`, 'group', model, catalog, time).map((one) =>
      place(one, at('metrics', name, 'measure'), measure),
    ),
  )
  const policies = model.policies.flatMap(({ where }, index) =>
    checkText(where, `policy of ${model.name}`, 'row', model, catalog).map((one) =>
      place(one, at('policies', index, 'where'), where),
    ),
  )
  const funnels = Object.values(model.funnels ?? {}).flatMap((funnel) => {
    const events = funnel.path.reduce<Model | undefined>(
      (from, step) => catalog.models[from?.relations[step]?.to ?? ''],
      model,
    )
    return funnel.stages.flatMap((stage, index) =>
      events && 'where' in stage
        ? checkText(stage.where, `funnel ${model.name}.${funnel.name}`, 'row', events, catalog).map((one) =>
            place(one, at('funnels', funnel.name, 'stages', index, 'where'), stage.where),
          )
        : [],
    )
  })
  const explorations = model.explorations.flatMap(({ title, text }, index) =>
    checkExploration(text, `exploration ${title}`, catalog).map((one) =>
      place(one, at('explorations', index, 'text'), text),
    ),
  )
  return [...metrics, ...policies, ...funnels, ...explorations]
}

/**
 * What is written in the language inside a catalog: measures of metrics, conditions of policies, prepared explorations. With
 * `places`, each mistake is shown in its file; without, in its own text. Nothing is mended: a catalog is kept right.
 */
export function checkCatalog(catalog: Catalog, places?: CatalogPlaces): readonly Diagnostic[] {
  const place: Place = (diagnostic, path, text) =>
    places ? placeDiagnostic(diagnostic, path, text, places) : diagnostic
  return Object.values(catalog.models)
    .flatMap((model) => checkModel(model, catalog, place))
    .sort((a, b) => Number(isError(b)) - Number(isError(a)))
}

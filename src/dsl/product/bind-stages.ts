import { bindCondition } from '../bind/bind-aggregate.ts'
import { aOrAn } from '../bind/bind-path.ts'
import { type Bound, unknown } from '../bind/bound.ts'
import type { Checker } from '../check/checker.ts'
import { findOwn } from '../check/find-own.ts'
import { formatExpression } from '../text/format-expression.ts'
import { quoteName } from '../text/quote.ts'
import type { Binary, Named } from '../tree/ast.ts'
import { placeNode } from '../tree/spans.ts'
import type { Events } from './bind-events.ts'

export interface BoundStage {
  readonly name: string
  readonly condition: Bound
}

/** As the stage is shown: by its name, else by what it is. */
const nameStage = ({ name, value }: Named): string =>
  name ?? (value.kind === 'text' ? value.value : formatExpression(value))

/** A stage as it is written. */
export function formatStage({ name, value }: Named): string {
  const what = value.kind === 'text' ? formatExpression(value) : `(${formatExpression(value)})`
  return name === undefined ? what : `${quoteName(name)} = ${what}`
}

/** `"signed_up"`: the events of that name, by the field that the catalog says holds it. */
function bindName(value: Extract<Named['value'], { kind: 'text' }>, { model, inner }: Events, checker: Checker): Bound {
  const field = findOwn(model.fields, model.semantics?.name)
  if (!field) {
    const texts = Object.values(model.fields).filter(({ type }) => type === 'text')
    const name = texts[0]?.name ?? 'name'
    return checker.report(value, {
      code: 'no-event-name',
      message: `the catalog does not say what ${aOrAn(model.label.toLowerCase())} is called`,
      hint: `Write \`semantics: { kind: event, name: ${name}, … }\` for \`${model.name}\` in the catalog, or a condition in parentheses, as \`(${name} = ${formatExpression(value)})\`.`,
    })
  }
  const left = { kind: 'path', parts: [field.name] } as const
  const equals: Binary = { kind: 'binary', operator: '=', left, right: value }
  const span = checker.spanOf(value)
  return checker.bind(span ? placeNode(equals, span) : equals, inner)
}

/** Stages as conditions on the events; two of one name are reported. */
export function bindStages(stages: readonly Named[], events: Events, checker: Checker): readonly BoundStage[] {
  const taken = new Set<string>()
  return stages.map((stage) => {
    const name = nameStage(stage)
    if (taken.has(name)) {
      const text = formatStage({ name: `${name}_${taken.size + 1}`, value: stage.value })
      const span = checker.spanOf(stage)
      checker.report(stage, {
        code: 'name-taken',
        message: `there is already a stage \`${name}\``,
        hint: `Name it otherwise, as \`${text}\`.`,
        fixes: span ? [{ title: `named \`${name}_${taken.size + 1}\``, span, text }] : [],
      })
    }
    taken.add(name)
    const { value } = stage
    const condition = value.kind === 'text' ? bindName(value, events, checker) : bindCondition(value, events.inner)
    return { name, condition: condition ?? unknown }
  })
}

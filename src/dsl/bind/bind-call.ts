import { suggestNames } from '../../base/did-you-mean.ts'
import type { Scope } from '../check/checker.ts'
import { isBelowDay } from '../check/resolve-range.ts'
import { findMeant } from '../check/same-word.ts'
import { findCallAdvice, findForeignCall } from '../functions/foreign.ts'
import type { BucketFunction, Parameter, ScalarFunction } from '../functions/function.ts'
import { findFunction, functionNames } from '../functions/index.ts'
import { formatExpression } from '../text/format-expression.ts'
import type { Call, Expression } from '../tree/ast.ts'
import { findClause } from '../tree/walk.ts'
import { bindAcross } from './bind-across.ts'
import { bindAggregate } from './bind-aggregate.ts'
import { bindAsOf } from './bind-as-of.ts'
import { isTime, typeNames } from './bind-comparison.ts'
import { bindExistence } from './bind-existence.ts'
import { bindMetric } from './bind-metric.ts'
import { bindEdge } from './bind-moved.ts'
import { replaceWith } from './bind-path.ts'
import { bindUnder } from './bind-under.ts'
import { type Bound, unknown } from './bound.ts'

/** A call by what its name means: a function of the language, else a metric of the model. */
export function bindCall(node: Call, scope: Scope): Bound {
  const definition = findFunction(node.name)
  switch (definition?.kind) {
    case 'aggregate':
      return bindAggregate(node, definition, scope)
    case 'existence':
      return bindExistence(node, definition, scope)
    case 'across':
      return bindAcross(node, definition, scope)
    case 'bucket':
      return bindBucket(node, definition, scope)
    case 'hierarchy':
      return bindUnder(node, definition, scope)
    case 'moment':
      return bindAsOf(node, definition, scope)
    case 'edge':
      return refuseClauses(node, scope) ? unknown : bindEdge(node, definition, scope)
    case 'scalar':
      return bindScalar(node, definition, scope)
    case undefined:
      return bindMetric(node, scope) ?? refuseFunction(node, scope)
  }
}

function refuseFunction(node: Call, scope: Scope): Bound {
  const { checker } = scope
  const metrics = Object.keys(scope.relation.rows?.scan.model.metrics ?? {})
  const names = [...functionNames, ...metrics]
  const span = checker.spanOf(node)
  const foreign = findForeignCall(node)
  const meant = findMeant(node.name, names)
  const text = foreign
    ? formatExpression(foreign)
    : meant === undefined
      ? undefined
      : formatExpression({ ...node, name: meant })
  return checker.report(node, {
    code: 'unknown-function',
    message: `there is no function \`${node.name}\``,
    hint:
      text === undefined
        ? (findCallAdvice(node.name) ?? 'The reference page lists all functions.')
        : `Write \`${text}\`.`,
    candidates: suggestNames(node.name, names),
    fixes: span && text !== undefined ? [{ title: `${formatExpression(node)} → ${text}`, span, text }] : [],
  })
}

/** `by`, `where`, `over` and `per` stand in aggregates only. */
function refuseClauses(node: Call, scope: Scope): boolean {
  const clause = findClause(node, ['by', 'where', 'over', 'per'])
  if (clause === undefined) return false
  scope.checker.report(node.where ?? node, {
    code: 'arguments',
    message: `\`${node.name}\` takes no \`${clause}\``,
    hint: 'Only aggregates look at several rows.',
  })
  return true
}

function bindBucket(node: Call, definition: BucketFunction, scope: Scope): Bound {
  const { checker } = scope
  if (refuseClauses(node, scope)) return unknown
  const [arg, ...more] = node.args
  if (!arg || more.length > 0)
    return checker.report(node, {
      code: 'arguments',
      message: `\`${node.name}\` takes one time`,
      hint: `Write \`${definition.signature}\`.`,
    })
  const bound = checker.bind(arg, scope)
  if (bound.type === 'unknown') return unknown
  const { grain } = definition
  if (!isTime(bound) || (isBelowDay(grain) && bound.type === 'date'))
    return checker.report(arg, {
      code: 'type-mismatch',
      message: `\`${node.name}\` takes ${isBelowDay(grain) ? 'a time with hours' : 'a date or time'}, and this is ${typeNames[bound.type]}`,
      hint: `Write \`${definition.signature}\`.`,
    })
  return { kind: 'bucket', type: isBelowDay(grain) ? 'timestamp' : 'date', grain, arg: bound }
}

function bindScalar(node: Call, definition: ScalarFunction, scope: Scope): Bound {
  const { checker } = scope
  if (refuseClauses(node, scope)) return unknown
  const { parameters } = definition
  const least = parameters.filter(({ optional }) => !optional).length
  const most = parameters.at(-1)?.rest ? Number.POSITIVE_INFINITY : parameters.length
  if (node.args.length < least || node.args.length > most)
    return checker.report(node, {
      code: 'arguments',
      message: `\`${node.name}\` takes ${least === most ? least : `${least} to ${Number.isFinite(most) ? most : 'any number of'}`} arguments, and has ${node.args.length}`,
      hint: `Write \`${definition.signature}\`.`,
    })
  const args: Bound[] = []
  for (const [at, arg] of node.args.entries()) args.push(bindArgument(arg, at, args, definition, scope))
  if (args.some(({ type }) => type === 'unknown')) return unknown
  const wrong = definition.check?.(node.args)
  if (!wrong) return definition.build(args, checker)
  const { at, message, hint } = wrong
  return checker.report(node.args[at] ?? node, { code: 'arguments', message, hint })
}

/** What an argument should be, where it must be written out and is not. */
function findMisfit(arg: Expression, { whole, isWritten }: Parameter): string | undefined {
  const value = arg.kind === 'number' ? Number(arg.value) : Number.NaN
  if (whole && !(Number.isInteger(value) && value >= whole.least && value <= whole.most))
    return `a whole number from ${whole.least} to ${whole.most}`
  return isWritten && !(arg.kind === 'text' && arg.value !== '') ? 'a text that is written out' : undefined
}

function bindArgument(
  arg: Expression,
  at: number,
  before: readonly Bound[],
  definition: ScalarFunction,
  scope: Scope,
): Bound {
  const { checker } = scope
  const parameter = definition.parameters[Math.min(at, definition.parameters.length - 1)]
  const bound = checker.bind(arg, scope)
  if (bound.type === 'unknown' || !parameter) return bound
  const misfit = findMisfit(arg, parameter)
  if (misfit !== undefined)
    return checker.report(arg, {
      code: 'arguments',
      message: `\`${parameter.name}\` is ${misfit}`,
      hint: `Write \`${definition.signature}\`.`,
    })
  const same = parameter.sameAs === undefined ? undefined : before[parameter.sameAs]?.type
  const types = same === undefined || same === 'unknown' ? parameter.types : [same]
  if (types.length === 0 || types.includes(bound.type)) return bound
  const isJoined = definition.name === 'concat' && bound.type !== 'timestamp'
  const asText = isJoined ? formatExpression({ kind: 'call', name: 'text', args: [arg] }) : undefined
  return checker.report(arg, {
    code: 'type-mismatch',
    message: `\`${parameter.name}\` of \`${definition.name}\` is ${types.map((type) => typeNames[type]).join(' or ')}, and this is ${typeNames[bound.type]}`,
    hint: asText === undefined ? `Write \`${definition.signature}\`.` : `Write \`${asText}\`.`,
    fixes: asText === undefined ? [] : replaceWith(arg, scope, asText),
  })
}

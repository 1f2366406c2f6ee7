import type { CheckedBlock } from '../check/checked-block.ts'
import type { Checker } from '../check/checker.ts'
import { deepest } from '../check/depth.ts'
import { createCallout, findWord } from '../check/named-column.ts'
import { findClash, findFree } from '../check/new-name.ts'
import {
  createColumn,
  findColumn,
  findType,
  type Relation,
  type RelationColumn,
  readColumn,
  toBound,
} from '../check/relation.ts'
import { findField, identifyRow } from '../check/rows.ts'
import { findMeant } from '../check/same-word.ts'
import { quoteName } from '../text/quote.ts'
import type { JoinedColumn, JoinStep } from '../tree/ast.ts'
import { describeGrain } from '../words/describe-grain.ts'
import { typeNames } from './bind-comparison.ts'
import { resolvePath } from './bind-path.ts'
import type { Bound } from './bound.ts'

/** Two values that are the same where a row of the block belongs to a row. */
export interface JoinPair {
  readonly left: Bound
  readonly right: Bound
}

export interface BoundJoin {
  readonly block: CheckedBlock
  readonly pairs: readonly JoinPair[]
  /** What is brought, under the names that it takes. */
  readonly brought: readonly { readonly column: RelationColumn; readonly value: Bound }[]
  readonly keep: JoinStep['keep']
}

const hidden = (relation: Relation, name: string): Bound => ({
  ...toBound(createColumn({ name, type: findType(relation, name) })),
})

/** What a key is matched by: the values that tell it apart, and the model whose row it stands for, if it does. */
interface Reading {
  readonly values: readonly Bound[]
  readonly model: string | undefined
}

/** A key as one side knows it: a column by what it shows, a relation by the key of its model. */
function readKey(name: string, relation: Relation, checker: Checker): Reading | undefined {
  const column = findColumn(relation, name)
  if (column && column.identity.length > 0)
    return { values: column.identity.map((one) => hidden(relation, one)), model: column.model }
  const found = resolvePath([name], { checker, relation, mode: 'row', across: false })
  if (found.kind === 'value') return { values: [found.value], model: undefined }
  if (found.kind !== 'row') return undefined
  return { values: identifyRow(found.rows, checker.names), model: found.rows.scan.model.name }
}

/** Rows of a model themselves, where the other side's key stands for one of them. */
function readOwn({ grain, rows }: Relation, other: Reading | undefined, checker: Checker): Reading | undefined {
  if (grain.kind !== 'model' || !rows || other?.model !== rows.scan.model.name) return undefined
  return { values: identifyRow(rows, checker.names), model: other.model }
}

/** A key as both sides know it. */
function readSides(name: string, block: CheckedBlock, before: Relation, checker: Checker) {
  const here = readKey(name, before, checker)
  const there = readKey(name, block.after, checker)
  return {
    left: here ?? readOwn(before, there, checker),
    right: there ?? readOwn(block.after, here, checker),
  }
}

/** Pairs of values for the keys that a `join` names; a key that a side lacks is reported. */
function pairKeys(step: JoinStep, block: CheckedBlock, before: Relation, checker: Checker) {
  return step.on.flatMap((name): readonly JoinPair[] => {
    const { left, right } = readSides(name, block, before, checker)
    if (!left) refuseKey(step, name, before, 'here', checker)
    if (!right) refuseKey(step, name, block.after, `in \`${block.name}\``, checker)
    if (!left || !right) return []
    const isSame =
      left.model === right.model &&
      left.values.length === right.values.length &&
      left.values.every(({ type }, at) => areSame(type, right.values[at]!.type))
    if (isSame) return left.values.map((value, at) => ({ left: value, right: right.values[at]! }))
    refuse(step, name, checker, {
      message: `\`${name}\` is ${nameReading(left)} here and ${nameReading(right)} in \`${block.name}\``,
      hint: 'Keys must be of one type.',
    })
    return []
  })
}

const nameReading = ({ values, model }: Reading): string =>
  model === undefined ? typeNames[values[0]?.type ?? 'unknown'] : `one of \`${model}\``

const areSame = (one: Bound['type'], other: Bound['type']) => one === other || one === 'unknown' || other === 'unknown'

function refuse(
  step: JoinStep,
  name: string,
  checker: Checker,
  said: { readonly message: string; readonly hint: string; readonly candidates?: readonly string[] },
) {
  const span = findWord(step, name, checker)
  checker.report(step, { code: 'join-keys', ...said, ...(span ? { span } : {}) })
}

function refuseKey(step: JoinStep, name: string, relation: Relation, where: string, checker: Checker): void {
  const names = relation.columns.map((column) => column.name)
  const meant = findMeant(name, names)
  refuse(step, name, checker, {
    message: `there is no column \`${name}\` ${where}`,
    hint: `${where === 'here' ? 'Here' : `I${where.slice(1)}`} is ${names.map((one) => `\`${one}\``).join(', ') || 'no column'}; both sides need each key.`,
    ...(meant === undefined ? {} : { candidates: [meant] }),
  })
}

/** Keys of which a relation has one row for each combination, each with the columns that tell it apart; undefined where that is not known. */
function findGrainKeys({ grain, rows, columns, repeats }: Relation) {
  if (grain.kind === 'all') return []
  if (grain.kind === 'keys')
    return grain.keys.map((name) => {
      const identity = columns.find((column) => column.name === name)?.identity ?? []
      return { name, values: identity.length > 0 ? identity : [name] }
    })
  if (grain.kind !== 'model' || !rows || repeats.length > 0) return undefined
  return rows.scan.model.key.map((physical) => {
    const name = findField(rows.scan.model, physical)?.name ?? physical
    return { name, values: [rows.scan.columns.get(physical)?.name ?? name] }
  })
}

/** Keys that the pairs do not hold fast on one side; undefined where it is not known what its rows are. */
function findLoose(relation: Relation, held: readonly Bound[]): readonly string[] | undefined {
  const isHeld = (name: string) => held.some((value) => value.kind === 'column' && value.name === name)
  return findGrainKeys(relation)?.flatMap(({ name, values }) => (values.every(isHeld) ? [] : [name]))
}

/** Whether the block has at most one row for each row: only then no row is multiplied. */
function checkGrain(
  step: JoinStep,
  block: CheckedBlock,
  pairs: readonly JoinPair[],
  before: Relation,
  checker: Checker,
  write: (step: JoinStep) => string,
): void {
  const held = pairs.map(({ right }) => right)
  const missing = findLoose(block.after, held)
  if (missing?.length === 0) return
  const on = step.on.map((one) => `\`${one}\``).join(' and ')
  const each = on === '' ? 'several rows' : `several rows for one ${on}`
  const span = checker.spanOf(step)
  const whole = { ...step, on: [...step.on, ...(missing ?? [])] }
  const isKnown = missing?.every((key) => readKey(key, before, checker) !== undefined) ?? false
  checker.report(step, {
    code: 'join-grain',
    message: `\`${block.name}\` may have ${each}${missing ? `: it has one row for each ${describeGrain(block.after)}` : ''}`,
    hint: isKnown
      ? `Write \`${write(whole)}\`.`
      : `Group the block by ${on || 'what both have'} first, or join on more keys.`,
    fixes: isKnown && span ? [{ title: `join on ${whole.on.join(', ')}`, span, text: write(whole) }] : [],
  })
}

/** The columns that a `join` brings, under names that are free; a clash is reported with the name it takes instead. */
function bringColumns(
  step: JoinStep,
  block: CheckedBlock,
  pairs: readonly JoinPair[],
  isShared: boolean,
  before: Relation,
  checker: Checker,
  write: (step: JoinStep) => string,
): BoundJoin['brought'] {
  const find = createCallout(step, block.after, checker)
  const wanted: readonly JoinedColumn[] = step.columns ?? listOthers(step, block)
  const fields = Object.keys(before.rows?.scan.model.fields ?? {})
  const taken = new Set([...before.columns.map(({ name }) => name), ...fields])
  const clashes: string[] = []
  const named = wanted.map(({ column, name = column }) => {
    const clash = findClash(name, taken)
    if (clash === undefined) {
      taken.add(name)
      return { column, name }
    }
    clashes.push(clash)
    const free = findFree(`${block.name}_${column}`, taken)
    taken.add(free)
    return { column, name: free }
  })
  const [clash] = clashes
  if (clash !== undefined) {
    const columns = named.map(({ column, name }) => (name === column ? { column } : { column, name }))
    const text = write({ ...step, columns })
    const span = checker.spanOf(step)
    const added = named.filter(({ column, name }) => name !== column).map(({ name }) => `\`${name}\``)
    checker.report(step, {
      code: 'name-taken',
      message: `there is already a column \`${clash}\` beside that of \`${block.name}\``,
      hint: `Name it otherwise, as \`${text}\`.`,
      fixes: span ? [{ title: `named ${added.join(', ')}`, span, text }] : [],
    })
  }
  return named.flatMap(({ column, name }) => {
    const found = find(column, 'a column', () => true)
    if (!found) return []
    const value = readColumn(found, block.after, checker.names)
    const depth = deepest(pairs.map(({ left }) => left)) ?? 0
    const own = {
      name,
      physical: undefined,
      identity: [],
      bounds: undefined,
      hasGaps: true,
      depth,
      ...(isShared ? { shared: block.name } : {}),
    }
    const label = name === column ? found.label : name.replaceAll('_', ' ')
    return [{ value, column: createColumn({ ...found, ...own, label }) }]
  })
}

/** All columns of a block but the keys. */
const listOthers = (step: JoinStep, { after }: CheckedBlock) =>
  after.columns.filter(({ name }) => !step.on.includes(name)).map(({ name }) => ({ column: name }))

/** Checks a `join`: keys of both sides, one row of the block at most for each row, names that are free. */
export function bindJoin(
  step: JoinStep,
  block: CheckedBlock,
  before: Relation,
  checker: Checker,
  write: (step: JoinStep) => string,
): BoundJoin {
  const pairs = pairKeys(step, block, before, checker)
  // A key that was refused says nothing about the others.
  const isPaired = pairs.length >= step.on.length
  if (isPaired) checkGrain(step, block, pairs, before, checker, write)
  const loose = findLoose(
    before,
    pairs.map(({ left }) => left),
  )
  const isLeftUnique = before.grain.kind === 'keys' && loose?.length === 0
  if (isPaired && step.keep === 'all' && (!isLeftUnique || step.on.length === 0)) {
    const { keep: _keep, ...rest } = step
    checker.report(step, {
      code: 'join-grain',
      message: `\`keep all\` puts rows of one grain side by side, and here is one row for each ${describeGrain(before)}`,
      hint: `Group both sides by the same keys first, or write \`${write(rest)}\`.`,
    })
  }
  const brought = bringColumns(step, block, pairs, loose?.length !== 0, before, checker, write)
  if (brought.length === 0 && step.keep !== 'matching' && step.columns === undefined)
    checker.report(step, {
      code: 'join-columns',
      message: `\`${block.name}\` has no column but its keys`,
      hint: `Add one to the block, or keep rows by it, as with \`keep matching\`.`,
    })
  return { block, pairs, brought, keep: step.keep }
}

/** `revenue, amount as total`. */
export const formatBrought = (columns: NonNullable<JoinStep['columns']>): string =>
  columns
    .map(({ column, name }) => `${quoteName(column)}${name === undefined ? '' : ` as ${quoteName(name)}`}`)
    .join(', ')

import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { invariant } from '../../base/invariant.ts'
import { daysBetween } from '../../base/periods.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { StoredVerdict } from '../../findings/finding.ts'
import { type Doings, readDoings } from '../../hypotheses/behaviours/build-strata.ts'
import { type Behaviour, firstDays, pathOf } from '../../hypotheses/behaviours/list-behaviours.ts'
import { findBehaviour, listStrataFields } from '../../hypotheses/behaviours/plan-behaviours.ts'
import { listStrataColumns, writeBehaviourTest } from '../../hypotheses/behaviours/write-behaviour-test.ts'
import type { Hypothesis, SharedScan, Slice } from '../../hypotheses/hypothesis.ts'
import { sliceShareMax, sliceShareMin } from '../../hypotheses/limits.ts'
import { makeHypothesis } from '../../hypotheses/make-hypothesis.ts'
import { templates } from '../../hypotheses/templates/index.ts'
import { type BehaviourTemplate, listTemplatesOf } from '../../hypotheses/templates/template.ts'
import type { EngineContext } from '../context.ts'
import { type OwnRowsTested, readOwnRows } from '../scan/read-own-rows.ts'
import { judgeBehaviour } from './judge-behaviours.ts'

/** Fewest who did something, and who did not, for it to be asked about. */
const membersMin = 30

/** Asks of each value of a field of what members do at first whether those who did it come back as others do: one query for all of them. */
export async function testBehaviours(
  context: EngineContext,
  scan: SharedScan,
  seed: number,
  signal?: AbortSignal,
): Promise<OwnRowsTested> {
  const behaviour = findBehaviour(context.catalog, scan)
  invariant(behaviour, 'a scan of first days is of members and events of the catalog that it was planned from')
  const hint = 'Cut metrics of the events by a field of fewer values.'
  const result = await readOwnRows(context, scan, hint, signal)
  const began = performance.now()
  const doings = readDoings(result, listStrataColumns(listStrataFields(scan), behaviour))
  const asked = doings.values.filter(({ doers }) => isAskable(doers.size, doings.members.length))
  const verdicts: StoredVerdict[] = []
  for (const one of asked) {
    verdicts.push(...judgeValue(context.catalog, { scan, behaviour, seed, doings, ...one }))
    await yieldToOthers()
    signal?.throwIfAborted()
  }
  const leftOut = doings.values.length - asked.length
  return { verdicts, series: 0, leftOut, warehouseMs: result.ms, detectMs: performance.now() - began }
}

const isAskable = (doers: number, all: number): boolean =>
  Math.min(doers, all - doers) >= membersMin && doers >= sliceShareMin * all && doers <= sliceShareMax * all

type Asked = Doings['values'][number] & {
  readonly scan: SharedScan
  readonly behaviour: Behaviour
  readonly seed: number
  readonly doings: Doings
}

function judgeValue(catalog: Catalog, asked: Asked): readonly StoredVerdict[] {
  const { scan, behaviour, seed, doings, doers } = asked
  const members = doings.members.map((one, at) => ({ ...one, did: doers.has(at) }))
  const volume = members.length / daysBetween(scan.from, scan.to)
  const common = { scan: scan.id, kind: 'ratio' as const, volume }
  const permuteSeed = seed + daysBetween('1970-01-01', scan.to)
  return listTemplatesOf(templates, 'behaviours', catalog, behaviour.returning).flatMap((template): StoredVerdict[] => {
    const hypothesis = write(catalog, asked, template)
    return [
      { hypothesis, ...common, ...judgeBehaviour(members) },
      { hypothesis, ...common, ...judgeBehaviour(members, { permuteSeed }), isReplicate: true },
    ]
  })
}

function write(catalog: Catalog, { scan, behaviour, value }: Asked, template: BehaviourTemplate): Hypothesis {
  const { name, measure, ...subject } = behaviour.subject
  const slice: Slice = [{ field: pathOf(behaviour), value }]
  const days = { from: scan.from, to: scan.to }
  return makeHypothesis({
    template: template.name,
    metric: { model: scan.model, name, measure },
    slice,
    detector: 'association',
    grain: 'day',
    text: writeBehaviourTest(catalog, { behaviour, days, strata: listStrataFields(scan) }, value),
    subject,
    statement: template.state(subject, slice, firstDays),
  })
}

import { addPeriods, type Stretch, startOfPeriod } from '../../base/periods.ts'
import type { Catalog, Metric } from '../../catalog/catalog.ts'
import type { PlanHistory } from '../data/plan-history.ts'
import type { Withheld } from '../data/profile-model.ts'
import { isRead, type SharedScan } from '../hypothesis.ts'
import { combinationsMax, valuesMax } from '../limits.ts'
import { type OwnScan, planOwnScans } from '../plan-own-scans.ts'
import type { Template } from '../templates/template.ts'
import { type History, writeScan } from '../write/write-exploration.ts'
import { readRowExpression, writeRows } from '../write/write-standing.ts'
import { type BetaDraw, chooseScans } from './choose-scans.ts'
import { draftScans, isWeeklyBalance, type ModelProfile, type ScanDraft } from './draft-scans.ts'
import type { MeasureShape } from './measure-shape.ts'
import { type PlanBudget, sayBytesLack } from './purse.ts'

export interface PlanInput {
  readonly catalog: Catalog
  readonly profiles: readonly ModelProfile[]
  readonly shapes: Readonly<Record<string, MeasureShape>>
  readonly templates: readonly Template[]
  /** Names of the detectors there are. */
  readonly detectors: ReadonlySet<string>
  /** Most hypotheses to plan for, most seconds of scans as earlier cycles measured them, and most bytes. */
  readonly budget: PlanBudget
  /** Bytes that a scan's exploration reads; asked where the budget limits them. */
  readonly readBytes?: ((text: string) => number) | undefined
  readonly history: PlanHistory
  readonly draw: BetaDraw
}

export interface ScanPlan {
  readonly scans: readonly SharedScan[]
  /** What was left out, and why, in words. */
  readonly leftOut: readonly Withheld[]
  /** Most hypotheses that the scans serve, by template, before it is known which slices have enough rows. */
  readonly hypotheses: Readonly<Record<string, number>>
  /** The same of scans that were left out. */
  readonly hypothesesLeftOut: number
}

export const shapeKey = (metric: Pick<Metric, 'model' | 'name'>): string => `${metric.model}.${metric.name}`

/**
 * The shared scans that serve every hypothesis of the templates: one a model, time field and set of fields, whatever the number of
 * metrics, slices and detectors. What the budget has room for, best first (`chooseScans`); what it has none for is counted and said.
 */
export function planScans(input: PlanInput): ScanPlan {
  const drafts = draftScans(input)
  const isTooWide = ({ dimensions, combinations }: ScanDraft) => combinations > valuesMostOf(dimensions)
  const { readBytes, budget } = input
  const bytesOf =
    readBytes && budget.bytes !== undefined ? (draft: ScanDraft) => readBytes(writeDraft(draft, input)) : undefined
  const { chosen, leftOut } = chooseScans({ ...input, bytesOf, drafts: drafts.filter((draft) => !isTooWide(draft)) })
  const tooWide = drafts.filter(isTooWide).map((draft) => ({
    draft,
    why: `${draft.combinations} values are more than the ${valuesMostOf(draft.dimensions)} that are looked at`,
  }))
  const notAsked = [...tooWide, ...leftOut]
  const hypotheses: Record<string, number> = {}
  for (const { asks } of chosen)
    for (const { template, count } of asks) hypotheses[template.name] = (hypotheses[template.name] ?? 0) + count
  const shared = chosen.map((draft, at) => writeSharedScan(draft, at, input))
  const rows = planRowScans(input, shared.length)
  const planned = planOwnScans(input)
  const { own, leftOut: ownLeftOut } = fitOwnScans(planned.own, shared, input)
  for (const { hypotheses: asked } of own)
    for (const [name, count] of Object.entries(asked)) hypotheses[name] = (hypotheses[name] ?? 0) + count
  return {
    scans: [...shared, ...rows, ...own.map(({ scan }, at) => nameScan(scan, shared.length + rows.length + at))],
    leftOut: listOnce([
      ...listWeeklyBalances(input),
      ...planned.leftOut,
      ...ownLeftOut,
      ...tooWide.map(({ draft, why }) => ({ what: nameDraft(draft), why, isUsual: true as const })),
      ...leftOut.map(({ draft, why }) => ({ what: nameDraft(draft), why })),
    ]),
    hypotheses,
    hypothesesLeftOut: notAsked.reduce((all, { draft }) => all + draft.hypotheses, 0),
  }
}

/** The same fields may be left out for each time of a model: that is said once. */
const listOnce = (leftOut: ScanPlan['leftOut']): ScanPlan['leftOut'] =>
  leftOut.filter(({ what, why }, at) => leftOut.findIndex((one) => one.what === what && one.why === why) === at)

/** Of scans that serve their own templates those that the bytes suffice for, after what is `taken`. */
function fitOwnScans(
  own: readonly OwnScan[],
  taken: readonly SharedScan[],
  { readBytes, budget: { bytes } }: PlanInput,
): { readonly own: readonly OwnScan[] } & Pick<ScanPlan, 'leftOut'> {
  if (!readBytes || bytes === undefined) return { own, leftOut: [] }
  let left = taken.reduce((rest, { text }) => rest - readBytes(text), bytes)
  const fitting = own.filter(({ scan }) => {
    const read = isRead(scan) ? readBytes(scan.text) : 0
    if (read > left) return false
    left -= read
    return true
  })
  const leftOut = own
    .filter((one) => !fitting.includes(one))
    .map(({ scan }) => ({ what: `${scan.model} by single ${scan.reads}`, why: sayBytesLack(bytes) }))
  return { own: fitting, leftOut }
}

const valuesMostOf = (dimensions: readonly string[]): number => (dimensions.length > 1 ? combinationsMax : valuesMax)

const nameDraft = ({ profile, dimensions }: ScanDraft): string =>
  dimensions.length === 0 ? `${profile.model} as a whole` : `${profile.model} by ${dimensions.join(' and ')}`

function listWeeklyBalances({ catalog, profiles }: PlanInput): ScanPlan['leftOut'] {
  return profiles.flatMap((profile) =>
    Object.values(catalog.models[profile.model]?.metrics ?? {})
      .filter((metric) => metric.time === profile.time && isWeeklyBalance(metric, profile))
      .map(({ name }) => ({
        what: `${profile.model}.${name}`,
        why: 'is of what is held at one time of a period, and the model has too few rows to be looked at by the day',
      })),
  )
}

const writeDraft = ({ profile, dimensions, metrics }: ScanDraft, { catalog, shapes }: PlanInput): string =>
  writeScan(catalog, {
    model: profile.model,
    time: profile.time,
    history: profile.history,
    dimensions,
    metrics: metrics.map((metric) => ({ metric, shape: shapes[shapeKey(metric)]! })),
  })

function writeSharedScan(draft: ScanDraft, at: number, input: PlanInput): SharedScan {
  const { profile, dimensions, metrics } = draft
  const { model, time, history } = profile
  const name = [model, time, ...dimensions]
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return {
    id: `s${String(at).padStart(3, '0')}-${name}`.slice(0, 100),
    model,
    time,
    grain: history.grain,
    ...boundsOf(history, input),
    missing: profile.missing,
    dimensions,
    metrics: metrics.map((metric) => metric.name),
    text: writeDraft(draft, input),
  }
}

/** For each model that is looked at as a whole, its rows with the numbers of its means, where there are at least two. */
function planRowScans(input: PlanInput, first: number): readonly SharedScan[] {
  const models = Object.values(input.catalog.models).filter(({ portrait }) => portrait)
  const scans = models.flatMap((model): Omit<SharedScan, 'id'>[] => {
    const metrics = Object.values(model.metrics).filter((metric) => readRowExpression(metric) !== undefined)
    const profile = input.profiles.find((one) => one.model === model.name)
    if (!profile || metrics.length < 2) return []
    const { time, history } = profile
    const text = writeRows({ model: model.name, time, history, metrics })
    const names = metrics.map(({ name }) => name)
    const bounds = boundsOf(history, input)
    const of = { model: model.name, time, grain: history.grain, missing: [], dimensions: [], metrics: names, text }
    return [{ ...of, ...bounds, reads: 'rows' }]
  })
  return scans.map((scan, at) => ({ ...scan, id: `s${String(first + at).padStart(3, '0')}-${scan.model}-rows` }))
}

const nameScan = (scan: Omit<SharedScan, 'id'>, at: number): SharedScan => ({
  ...scan,
  id: [`s${String(at).padStart(3, '0')}`, scan.model, scan.reads, ...(scan.reads === 'accounts' ? [] : scan.dimensions)]
    .join('-')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 100),
})

/** First period and the one after the last, as days. */
function boundsOf({ grain, periods, today }: History, { catalog }: PlanInput): Stretch {
  const to = startOfPeriod(today, grain, catalog.calendar)
  return { from: addPeriods(to, -periods, grain), to }
}

import { openApp, openPlanApp } from '../../app.ts'
import { countNoun, formatBytes, formatCount, formatMs, formatProbability } from '../../base/format.ts'
import { sendDigests } from '../../engine/digest/send-digests.ts'
import { type CyclePlan, draftCycle } from '../../engine/plan/plan-cycle.ts'
import { type CycleResult, runCycle } from '../../engine/run-cycle.ts'
import type { Finding } from '../../findings/finding.ts'
import { addresses } from '../../reports/addresses.ts'
import { describeDrivers } from '../../reports/describe-drivers.ts'
import { describeLedger, describeNullReplicate } from '../../reports/describe-honesty.ts'
import { describeOrigin } from '../../reports/describe-state.ts'
import type { Command, CommandInput, CommandStreams } from '../command.ts'
import { readDay } from '../read-day.ts'
import { showProgress } from '../show-progress.ts'

/** A finding as `--format json` prints it; what only pages need is left out. */
function printFinding(finding: Finding, webUrl: string) {
  const { rank, key, kind, metric, measure, model, slice, direction, from, to, observed, expected } = finding
  const { low, high, change, pValue, qValue, score, state, headline, drivers, merged, exploration } = finding
  return {
    rank,
    key,
    kind,
    metric,
    measure,
    model,
    slice,
    ...(finding.origin && { origin: finding.origin }),
    ...(finding.with && { with: finding.with }),
    ...(finding.by && { by: finding.by }),
    ...(finding.concerns && {
      concerns: finding.concerns.map(({ model, metric, change }) => ({ model, metric, change })),
    }),
    ...(finding.renamed && { renamed: finding.renamed }),
    ...(finding.goal && { goal: finding.goal }),
    direction,
    from,
    to,
    observed,
    expected,
    low,
    high,
    change,
    pValue,
    qValue,
    score,
    state,
    ...(finding.muted !== undefined && { muted: finding.muted }),
    ...(finding.heard && { heard: finding.heard }),
    ...(finding.recent !== undefined && { recent: finding.recent }),
    headline,
    ...(finding.note !== undefined && { note: finding.note }),
    drivers: drivers.map(({ slice: driver, share }) => ({ slice: driver, share })),
    ...(finding.mix && { mix: finding.mix }),
    ...(finding.accounts && { accounts: finding.accounts }),
    merged,
    exploration,
    url: `${webUrl}${addresses.finding(key)}`,
  }
}

function renderFinding(finding: Finding): string {
  const { rank, headline, kind, state, qValue, merged } = finding
  const origin = describeOrigin(finding)?.toLowerCase()
  const lines = [
    `${String(rank).padStart(2)}. ${headline}`,
    `    ${[kind.replaceAll('_', ' '), state.replaceAll('_', ' '), `q ${formatProbability(qValue)}`, ...(origin === undefined ? [] : [origin])].join(' · ')}`,
  ]
  const drivers = describeDrivers(finding)
  if (drivers !== '') lines.push(`    ${drivers}`)
  if (merged.length > 0)
    lines.push(`    ${countNoun(merged.length, 'other finding tells', 'other findings tell')} the same`)
  return lines.join('\n')
}

function renderCycle({ cycle, findings, recovered, withheld }: CycleResult): string {
  const { tested, series, queries, heldUp, fdr, totalMs, asOf } = cycle
  const notes = [describeLedger(cycle), describeNullReplicate(cycle)].filter((note) => note !== '')
  return [
    ...(findings.length === 0 ? ['Nothing held up that is worth telling.'] : findings.map(renderFinding)),
    ...recovered.map(({ headline }) => `    Over: ${headline}`),
    '',
    `As of ${asOf}: tested ${countNoun(tested, 'hypothesis', 'hypotheses')} on ${formatCount(series)} series in ${countNoun(queries, 'query', 'queries')}; ` +
      `${formatCount(heldUp)} held up at a false-discovery rate of ${Math.round(fdr * 100)}%, ${countNoun(findings.length, 'finding')} after merging; ${formatMs(totalMs)}.`,
    ...notes,
    ...withheld.map(({ what, why }) => `Left out: ${what}: ${why}.`),
  ].join('\n')
}

function renderCost({ seconds, queries, measured, bytes }: CyclePlan['cost']): string {
  const basis =
    measured === queries
      ? 'as earlier cycles took'
      : measured === 0
        ? 'guessed from the look at each model, as no earlier cycle measured them'
        : `${measured} of ${queries} as earlier cycles took, the others guessed from the look at their models`
  const read = bytes === undefined ? '' : `, ${formatBytes(bytes)} read from tables at most`
  return `About ${formatMs(seconds * 1000)} of queries and tests${read}: ${basis}.`
}

const renderSuggestions = ({ known, wanted }: NonNullable<CyclePlan['suggestions']>): string =>
  `Suggested hypotheses: ${known} known, at most ${wanted} more that the language model is asked for when the cycle runs.`

function renderPlan(plan: CyclePlan): string {
  const { asOf, scans, withheld, hypotheses, hypothesesLeftOut, suggestions, cost } = plan
  const asked = Object.values(hypotheses).reduce((all, count) => all + count, 0)
  const most = (count: number) => countNoun(count, 'hypothesis', 'hypotheses')
  return [
    `As of ${asOf}: ${countNoun(scans.length, 'query', 'queries')} planned for at most ${most(asked)}; ${hypothesesLeftOut === 0 ? 'none' : `at most ${most(hypothesesLeftOut)}`} left out.`,
    renderCost(cost),
    ...Object.entries(hypotheses).map(
      ([template, count]) => `  ${template.replaceAll('_', ' ')}: ${formatCount(count)}`,
    ),
    ...(suggestions ? [renderSuggestions(suggestions)] : []),
    ...scans.map(({ id, metrics, hypothesis }) => `  ${id}: ${hypothesis?.statement ?? metrics.join(', ')}`),
    ...withheld.map(({ what, why }) => `Left out: ${what}: ${why}.`),
  ].join('\n')
}

async function planOnly(input: CommandInput, asOf: string | undefined, { out }: CommandStreams): Promise<void> {
  const app = await openPlanApp({ configFile: input.configFile })
  try {
    const plan = await draftCycle({ ...app, engine: app.config.engine, report: () => undefined }, asOf)
    out(input.format === 'json' ? JSON.stringify(plan, undefined, 2) : renderPlan(plan))
  } finally {
    await app.close()
  }
}

export const cycle: Command = {
  name: 'cycle',
  summary: 'one insight cycle in this process, no queue needed',
  arguments: [],
  options: [
    {
      flags: '--as-of <date>',
      summary: 'last full day to judge; by default yesterday, or the last complete day in the data',
    },
    {
      flags: '--dry-run',
      summary: 'plan only: queries, what they will take, hypotheses by template, what is left out and why',
    },
    { flags: '--digest', summary: 'compose and send the digests afterwards' },
  ],
  hasFormat: true,
  examples: ['hunch cycle', 'hunch cycle --as-of 2026-09-30 --format json'],
  async run(input, streams) {
    const asOf = readDay(input.options.asOf, 'the last full day to judge')
    if (input.options.dryRun === true) {
      await planOnly(input, asOf, streams)
      return 0
    }
    const progress = showProgress(streams)
    const app = await openApp({ configFile: input.configFile, report: progress.report })
    try {
      const result = await runCycle(app, { asOf, signal: input.signal })
      const delivered = input.options.digest === true ? await sendDigests(app, result.cycle.id) : []
      progress.end()
      for (const { digestId, recipient, error } of delivered)
        streams.err(
          error === undefined
            ? `sent ${digestId} to ${recipient}`
            : `could not send ${digestId} to ${recipient}: ${error}`,
        )
      const print = (list: readonly Finding[]) => list.map((finding) => printFinding(finding, app.webUrl))
      const [findings, recovered] = [print(result.findings), print(result.recovered)]
      streams.out(
        input.format === 'json'
          ? JSON.stringify({ cycle: result.cycle, findings, recovered, withheld: result.withheld }, undefined, 2)
          : renderCycle(result),
      )
      return delivered.some(({ error }) => error !== undefined) ? 1 : 0
    } finally {
      await app.close()
    }
  },
}

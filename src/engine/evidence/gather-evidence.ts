import { Failure } from '../../base/failure.ts'
import { invariant } from '../../base/invariant.ts'
import type { Compiled } from '../../dsl/exploration.ts'
import type { Evidence, StepEvidence } from '../../findings/evidence.ts'
import type { Finding } from '../../findings/finding.ts'
import { findField } from '../../hypotheses/data/find-field.ts'
import { findCycle } from '../../store/cycles.ts'
import { findMissing } from '../../store/scans.ts'
import { runExploration } from '../ask/run-exploration.ts'
import type { EngineContext } from '../context.ts'
import { findTestStep, replayTest } from './replay-test.ts'

/** Rows kept of a step that lists what is in the table, and of one that counts it. */
const listedRowsMax = 25
const countedRowsMax = 600

/** What stands in place of personal data, which evidence never holds. */
const hidden = '(private)'

/**
 * The steps of a finding's exploration with their rows, SQL and sentences, the test's numbers, and its series with the expected band.
 * Each step is run by itself, so a reader sees what the warehouse gave, not what the engine remembers. That may be later than the cycle:
 * a `Failure` when the rows that are there now cannot be tested any more.
 */
export async function gatherEvidence(context: EngineContext, finding: Finding): Promise<Evidence> {
  const { database, now } = context
  const cycle = await findCycle(database, finding.cycleId)
  invariant(cycle, `cycle \`${finding.cycleId}\` of a finding is stored`)
  const findHoles = ({ metric, model }: Pick<Finding, 'metric' | 'model'>) => {
    const time = context.catalog.models[model]?.metrics[metric]?.time
    return time === undefined ? [] : findMissing(database, cycle.id, model, time)
  }
  const [missing, ofOther] = [await findHoles(finding), finding.with && (await findHoles(finding.with))]
  const { compiled, detector, replayed } = await replayTest(context, finding, missing, ofOther)
  if (replayed.status === 'untestable')
    throw new Failure(`the test cannot be run on today’s data: ${replayed.reason}`, {
      code: 'finding-not-testable',
      hint: 'Look at what became of the rows since the finding was made, or wait for the next cycle.',
    })
  return {
    findingKey: finding.key,
    cycleId: cycle.id,
    asOf: cycle.asOf,
    gatheredAt: new Date(now()).toISOString(),
    steps: await runSteps(context, finding, compiled),
    test: {
      detector: detector.name,
      question: detector.question,
      method: detector.method,
      options: compiled.test?.options ?? {},
      numbers: replayed.numbers,
      qValue: finding.qValue,
      tested: cycle.summary.tested,
      heldUp: cycle.summary.heldUp,
    },
    series: replayed.series,
    ...(replayed.members && { members: replayed.members }),
    ...(replayed.points && { points: replayed.points }),
  }
}

async function runSteps(
  context: EngineContext,
  finding: Finding,
  compiled: Compiled,
): Promise<readonly StepEvidence[]> {
  const steps: StepEvidence[] = []
  let counts = false
  for (let step = 0; step < findTestStep(compiled); step++) {
    const view = compiled.steps[step]!
    counts ||= view.text.startsWith('group ')
    const limits = { rowsMax: counts ? countedRowsMax : listedRowsMax }
    const result = await runExploration(context, finding.exploration, { upToStep: step, limits })
    const isPrivate = result.columns.map(
      ({ name }) => findField(context.catalog, finding.model, name)?.field.pii ?? false,
    )
    steps.push({
      text: view.text,
      sentence: view.sentence,
      sql: result.sql,
      parameters: result.parameters,
      columns: result.columns,
      rows: result.rows.map((row) => row.map((cell, at) => (isPrivate[at] && cell !== null ? hidden : cell))),
      rowCount: result.truncated ? null : result.rowCount,
      ms: result.ms,
    })
  }
  return steps
}

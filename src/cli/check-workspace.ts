import { resolve } from 'node:path'
import { createDiagnostic, type Diagnostic, isError } from '../base/diagnostic.ts'
import { suggestNames } from '../base/did-you-mean.ts'
import { Failure } from '../base/failure.ts'
import { dayAt } from '../base/periods.ts'
import { readTextFile } from '../base/read-text-file.ts'
import type { YamlText } from '../base/read-yaml.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { locateDiagnostic } from '../catalog/catalog-places.ts'
import type { PlacedCatalog } from '../catalog/parse-catalog.ts'
import { readPlacedCatalog } from '../catalog/read-catalog.ts'
import { type Config, readConfigText } from '../config.ts'
import { checkCatalog } from '../dsl/check/check-catalog.ts'
import { compile } from '../dsl/compile.ts'
import { readHypotheses } from '../engine/plan/read-hypotheses.ts'
import { checkGoalMeasures } from '../hypotheses/goals/check-goal-measures.ts'
import { checkWarehouse } from '../warehouse/check-warehouse.ts'
import { openWarehouse } from '../warehouse/open-warehouse.ts'

export interface CheckRequest {
  readonly configFile: string
  readonly files: readonly string[]
  /** Whether tables and columns are looked up in the warehouse. */
  readonly isOnline: boolean
  readonly now: () => number
}

/** What was looked at, and what is wrong with it. Counts are 0 for what could not be read. */
export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[]
  /** Why the warehouse could not be looked into, although it should have been. */
  readonly failure?: Failure
  readonly models: number
  readonly metrics: number
  readonly explorations: number
  readonly files: number
}

/**
 * Reads config and catalog, compiles what is written in the language, and compares the catalog with the warehouse. Goes on as far as
 * it can, so that all mistakes are told at once: also where the warehouse cannot be reached.
 */
export async function checkWorkspace({ configFile, files, isOnline, now }: CheckRequest): Promise<CheckResult> {
  const config = readConfigText(configFile)
  if (!config.ok)
    return { diagnostics: config.diagnostics, models: 0, metrics: 0, explorations: 0, files: files.length }
  const { config: workspace, yaml } = config.value
  const read = readPlacedCatalog(workspace.catalogFolder, { timezone: workspace.timezone })
  if (!read.ok) return { diagnostics: read.diagnostics, models: 0, metrics: 0, explorations: 0, files: files.length }
  const { catalog, places } = read.value
  const today = dayAt(now(), catalog.calendar)
  const hypotheses = readHypotheses(workspace.hypothesesFolder, catalog, today)
  const others = files.filter((file) => !hypotheses.files.includes(resolve(file)))
  const models = Object.values(catalog.models)
  const counts = {
    models: models.length,
    metrics: models.reduce((sum, model) => sum + Object.keys(model.metrics).length, 0),
    explorations: models.reduce((sum, model) => sum + model.explorations.length, 0),
    files: hypotheses.files.length + others.length,
  }
  const written = [
    ...checkFollows(workspace, yaml, catalog),
    ...checkCatalog(catalog, places),
    ...checkGoalMeasures(catalog, places),
    ...hypotheses.diagnostics,
    ...others.flatMap((file) => checkFile(file, catalog, today)),
  ]
  if (!isOnline) return { ...counts, diagnostics: written }
  try {
    return { ...counts, diagnostics: [...written, ...(await lookUp(workspace, read.value))] }
  } catch (error) {
    if (error instanceof Failure) return { ...counts, diagnostics: written, failure: error }
    throw error
  }
}

/** Teams follow metrics by name. */
function checkFollows(config: Config, yaml: YamlText, catalog: Catalog): readonly Diagnostic[] {
  const metrics = Object.values(catalog.models).flatMap((model) => Object.keys(model.metrics))
  return config.teams.flatMap(({ name, follows }) =>
    follows.flatMap((metric, index) =>
      metrics.includes(metric)
        ? []
        : createDiagnostic({
            code: 'unknown-metric',
            message: `team \`${name}\` follows \`${metric}\`, which is no metric of the catalog`,
            hint: `Metrics are ${metrics.map((one) => `\`${one}\``).join(', ') || 'none'}.`,
            candidates: suggestNames(metric, metrics),
            source: yaml.source,
            span: yaml.locate(['teams', name, 'follows', index]),
          }),
    ),
  )
}

/** One file with an exploration or a hypothesis. The dialect does not matter: nothing is run. */
function checkFile(file: string, catalog: Catalog, today: string): readonly Diagnostic[] {
  if (!file.endsWith('.hunch'))
    return [
      createDiagnostic({
        code: 'unknown-file-type',
        message: `\`${file}\` is no \`*.hunch\` file`,
        hint: 'Name files that hold one exploration each.',
      }),
    ]
  const read = readTextFile(file)
  if (!read.ok) return read.diagnostics
  return compile(read.value, { catalog, calendar: catalog.calendar, asOf: today, dialect: 'duckdb' }, file).diagnostics
}

async function lookUp(config: Config, { catalog, places }: PlacedCatalog): Promise<readonly Diagnostic[]> {
  const warehouse = await openWarehouse(config.warehouse, { folder: config.folder })
  try {
    const found = await checkWarehouse(catalog, warehouse)
    return found.map((one) => locateDiagnostic(one, places)).toSorted((a, b) => Number(isError(b)) - Number(isError(a)))
  } finally {
    await warehouse.close()
  }
}

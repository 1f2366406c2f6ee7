import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { createDiagnostic, Rejection } from '../../base/diagnostic.ts'
import { Failure } from '../../base/failure.ts'
import { countNoun } from '../../base/format.ts'
import type { DraftModel } from '../../catalog/draft/draft.ts'
import { draftCatalog } from '../../catalog/draft/draft-catalog.ts'
import { writeDraft } from '../../catalog/draft/write-draft.ts'
import { draftConfig } from '../../config/draft-config.ts'
import { inspectWarehouse } from '../../engine/data/inspect-warehouse.ts'
import { openWarehouse } from '../../warehouse/open-warehouse.ts'
import type { Command, CommandStreams } from '../command.ts'
import { showProgress } from '../show-progress.ts'

interface DraftFile {
  readonly path: string
  readonly text: string
}

export const init: Command = {
  name: 'init',
  summary: 'look at a warehouse, and write a config and a catalog for it with what could be guessed and why',
  arguments: [
    {
      name: '<warehouse-url>',
      summary:
        '`duckdb:<file>`, `files:<folder of csv or parquet>`, `postgres://…`, `mysql://…`, `mariadb://…`, `clickhouse://…`, `snowflake://…` or `bigquery://…`',
    },
  ],
  options: [
    { flags: '--output <folder>', summary: 'where `hunch.yaml` and `catalog/` are written', initial: '.' },
    { flags: '--yes', summary: 'ask nothing; files that are there already are never replaced' },
  ],
  hasFormat: false,
  ignoresConfig: true,
  examples: ['hunch init files:./data --output ./acme', 'hunch init postgres://reader@db.acme.test/acme'],
  async run({ arguments: [given], options }, streams) {
    const url = String(given)
    const folder = resolve(String(options.output))
    const asks = options.yes !== true && streams.isTerminal && process.stdin.isTTY
    const config = draftConfig(url, folder, process.cwd())
    const models = await draftModels(url, streams)
    const files: readonly DraftFile[] = [
      { path: join(folder, 'hunch.yaml'), text: config.text },
      ...models.map((model) => ({
        path: join(folder, 'catalog', `${model.name}.yaml`),
        text: writeDraft(model, config.warehouse),
      })),
    ]
    const known = files.filter(({ path }) => existsSync(path))
    if (
      known.length > 0 &&
      !(asks && (await confirm(`${describeFiles(known, folder)} there already; replace? [y/N] `)))
    )
      throw new Rejection([describeExisting(known, folder)])
    writeFiles(files)
    streams.out(describeResult(folder, models, files.length, config.environment))
    return 0
  },
}

async function draftModels(url: string, streams: CommandStreams): Promise<readonly DraftModel[]> {
  const warehouse = await openWarehouse(url, { folder: process.cwd() })
  const progress = showProgress(streams)
  try {
    const inspection = await inspectWarehouse(warehouse, progress.report)
    progress.end()
    if (inspection.tables.length === 0)
      throw new Failure(`\`${warehouse.address}\` has no table with rows`, {
        code: 'warehouse-empty',
        hint: 'Fill it first, or name another.',
      })
    return draftCatalog(inspection)
  } finally {
    await warehouse.close()
  }
}

const describeFiles = (files: readonly DraftFile[], folder: string): string =>
  `${files.map(({ path }) => relative(folder, path)).join(', ')} ${files.length === 1 ? 'is' : 'are'}`

async function confirm(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await lines.question(question)).trim())
  } finally {
    lines.close()
  }
}

const describeExisting = (files: readonly DraftFile[], folder: string) =>
  createDiagnostic({
    code: 'file-exists',
    message: `${files.map(({ path }) => `\`${relative(folder, path)}\``).join(', ')} of \`${folder}\` ${files.length === 1 ? 'is' : 'are'} there already`,
    hint: 'Name another folder with `--output FOLDER`, or move them away; nothing was written.',
  })

function writeFiles(files: readonly DraftFile[]): void {
  for (const { path, text } of files) {
    try {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    } catch (cause) {
      throw new Failure(`\`${path}\` cannot be written`, {
        code: 'file-not-written',
        hint: 'Check that the folder exists and that you may write there.',
        cause,
      })
    }
  }
}

function describeResult(
  folder: string,
  models: readonly DraftModel[],
  files: number,
  environment: string | undefined,
): string {
  const metrics = models.reduce((sum, model) => sum + model.metrics.length, 0)
  const relations = models.reduce((sum, model) => sum + model.relations.length, 0)
  const configFile = relative(process.cwd(), join(folder, 'hunch.yaml'))
  return [
    `${countNoun(models.length, 'model')}, ${countNoun(relations, 'relation')} and ${countNoun(metrics, 'metric')} in ${countNoun(files, 'file')} under ${folder}`,
    'Comments say what was guessed and why. Next:',
    ...(environment ? [`  export ${environment}=…  # the address above, which may hold a password`] : []),
    `  hunch check --config ${configFile}`,
    `  hunch cycle --config ${configFile}`,
  ].join('\n')
}

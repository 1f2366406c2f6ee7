import { checkShape } from '../base/check-shape.ts'
import { accept, createDiagnostic, type Diagnostic, type Outcome, reject, type Source } from '../base/diagnostic.ts'
import { type Calendar, utcCalendar } from '../base/periods.ts'
import { readYaml, type YamlPath, type YamlText } from '../base/read-yaml.ts'
import { buildModel, listKey } from './build-model.ts'
import type { Catalog, DeclaredEvent } from './catalog.ts'
import type { CatalogPlaces } from './catalog-places.ts'
import { createPlaces } from './catalog-places.ts'
import { checkModel } from './check-model.ts'
import { readLooseModel } from './loose-model.ts'
import type { ModelEntry } from './model-entry.ts'
import { type CatalogText, catalogSchema, isDay, weekdays } from './schema.ts'

export interface CatalogOptions {
  /** Time zone of the calendar; the catalog's files do not say it, `hunch.yaml` does. */
  readonly timezone?: string
}

export interface PlacedCatalog {
  readonly catalog: Catalog
  readonly places: CatalogPlaces
}

/** Reads the texts of a catalog's files as one catalog; all mistakes in all of them at once. */
export function parseCatalog(sources: readonly Source[], options: CatalogOptions = {}): Outcome<Catalog> {
  const outcome = parsePlacedCatalog(sources, options)
  return outcome.ok ? accept(outcome.value.catalog) : outcome
}

/** The catalog with the places of its parts, for those who check it further. */
export function parsePlacedCatalog(sources: readonly Source[], options: CatalogOptions = {}): Outcome<PlacedCatalog> {
  const diagnostics: Diagnostic[] = []
  const files: YamlText[] = []
  for (const source of sources) {
    const read = readYaml(source, { isText: isFieldValue })
    diagnostics.push(...read.diagnostics)
    if (!read.ok) continue
    files.push(read.value)
    diagnostics.push(...checkShape(read.value, catalogSchema).diagnostics)
  }

  const models = new Map<string, ModelEntry>()
  for (const yaml of files) {
    for (const [name, value] of listEntries(yaml.value, 'models')) {
      const known = models.get(name)
      if (known) diagnostics.push(describeDuplicate(yaml, ['models', name], `model \`${name}\``, known.yaml))
      else models.set(name, { name, yaml, ...readLooseModel(value) })
    }
  }
  const entries = [...models.values()]
  diagnostics.push(...entries.flatMap((entry) => checkModel(entry, models)), ...checkMetricNames(entries))
  diagnostics.push(...checkEvents(files))
  const [calendar, calendarMistakes] = readCalendar(files, options.timezone ?? utcCalendar.timezone)
  diagnostics.push(...calendarMistakes)
  if (models.size === 0 && diagnostics.length === 0)
    diagnostics.push(
      createDiagnostic({
        code: 'empty-catalog',
        message: 'the catalog has no models',
        hint: 'Write one under `models:`, or let `hunch init <warehouse-url>` draft them.',
        source: sources[0],
      }),
    )
  if (diagnostics.length > 0) return reject(...sortByPlace(diagnostics, sources))

  const parsed = files.map((yaml) => catalogSchema.parse(yaml.value ?? {}))
  const texts = parsed.flatMap((file) => Object.entries(file.models))
  const keys = Object.fromEntries(texts.map(([name, { key }]) => [name, listKey(key)]))
  const catalog: Catalog = {
    models: Object.fromEntries(texts.map(([name, text]) => [name, buildModel(name, text, keys)])),
    calendar,
    events: parsed.flatMap(({ events }) => events),
  }
  return accept({ catalog, places: createPlaces(models, files) })
}

function sortByPlace(diagnostics: readonly Diagnostic[], sources: readonly Source[]): readonly Diagnostic[] {
  const order = new Map(sources.map(({ name }, index) => [name, index]))
  const rank = ({ source }: Diagnostic) => order.get(source?.name ?? '') ?? -1
  return diagnostics.toSorted((a, b) => rank(a) - rank(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0))
}

/** Values of a field are text, however they look: `no`, `007`, `1.0`. */
const isFieldValue = (path: YamlPath) => path[0] === 'models' && path[2] === 'fields' && path[4] === 'values'

function listEntries(value: unknown, key: string): readonly (readonly [string, unknown])[] {
  const entries = (value as Record<string, unknown> | undefined)?.[key]
  return typeof entries === 'object' && entries !== null && !Array.isArray(entries) ? Object.entries(entries) : []
}

function describeDuplicate(yaml: YamlText, path: YamlPath, what: string, first: YamlText): Diagnostic {
  return createDiagnostic({
    code: 'duplicate-name',
    message: `${what} is written twice; the first is in \`${first.source.name}\``,
    hint: 'Keep one of the two, or rename it.',
    source: yaml.source,
    span: yaml.locateKey(path),
  })
}

/** `from metric signups` names no model, so a metric's name stands once in the catalog. */
function checkMetricNames(entries: readonly ModelEntry[]) {
  const owners = new Map<string, string>()
  return entries.flatMap((entry) =>
    Object.keys(entry.metrics).flatMap((name) => {
      const owner = owners.get(name)
      owners.set(name, owner ?? entry.name)
      if (owner === undefined) return []
      return createDiagnostic({
        code: 'duplicate-name',
        message: `metric \`${name}\` is in the models \`${owner}\` and \`${entry.name}\``,
        hint: `Rename one of them, as \`${entry.name}_${name}\`.`,
        source: entry.yaml.source,
        span: entry.yaml.locateKey(['models', entry.name, 'metrics', name]),
      })
    }),
  )
}

function checkEvents(files: readonly YamlText[]): readonly Diagnostic[] {
  return files.flatMap((yaml) => {
    const events = (yaml.value as { events?: unknown } | undefined)?.events
    if (!Array.isArray(events)) return []
    return events.flatMap((event: Partial<DeclaredEvent> | undefined, index) => {
      const { from, to, name } = event ?? {}
      if (typeof from !== 'string' || typeof to !== 'string' || !isDay(from) || !isDay(to) || from <= to) return []
      return createDiagnostic({
        code: 'reversed-range',
        message: `event \`${String(name)}\` ends on ${to}, before it begins on ${from}`,
        hint: 'Exchange `from` and `to`; both days are included.',
        source: yaml.source,
        span: yaml.locate(['events', index, 'to']),
      })
    })
  })
}

function readCalendar(files: readonly YamlText[], timezone: string): readonly [Calendar, readonly Diagnostic[]] {
  const withCalendar = files.filter((yaml) => (yaml.value as Partial<CatalogText> | undefined)?.calendar !== undefined)
  const [first, ...more] = withCalendar
  const text = (first?.value as Partial<CatalogText> | undefined)?.calendar
  const calendar: Calendar = {
    timezone,
    weekStarts: 1 + Math.max(0, weekdays.indexOf(text?.week_starts ?? 'monday')),
    fiscalYearStarts: text?.fiscal_year_starts ?? utcCalendar.fiscalYearStarts,
  }
  return [calendar, first ? more.map((yaml) => describeDuplicate(yaml, ['calendar'], '`calendar`', first)) : []]
}

import { createDiagnostic, type Diagnostic } from '../base/diagnostic.ts'
import type { YamlPath, YamlText } from '../base/read-yaml.ts'
import type { LooseModel } from './loose-model.ts'

/** A model as one file says it. */
export interface ModelEntry extends LooseModel {
  readonly name: string
  readonly yaml: YamlText
}

export type Models = ReadonlyMap<string, ModelEntry>

export type Mistake = Pick<Diagnostic, 'code' | 'message'> & Partial<Diagnostic>

/** A diagnostic at the value of `path` below the model, which begins at its name. */
export function markValue({ name, yaml }: ModelEntry, path: YamlPath, mistake: Mistake): Diagnostic {
  return createDiagnostic({ source: yaml.source, span: yaml.locate(['models', name, ...path]), ...mistake })
}

export function markKey({ name, yaml }: ModelEntry, path: YamlPath, mistake: Mistake): Diagnostic {
  return createDiagnostic({ source: yaml.source, span: yaml.locateKey(['models', name, ...path]), ...mistake })
}

export const listNames = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')

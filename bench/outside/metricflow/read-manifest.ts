import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'

export interface Entity {
  readonly name: string
  readonly type: 'primary' | 'foreign' | 'unique' | 'natural'
  readonly expr?: string
}

export interface Dimension {
  readonly name: string
  readonly type: string
  readonly expr?: string
  readonly is_partition?: boolean
  readonly type_params?: { readonly validity_params?: { readonly is_start?: boolean; readonly is_end?: boolean } }
}

export interface Measure {
  readonly name: string
  readonly agg: string
  readonly expr?: string | number
  readonly agg_time_dimension?: string
  readonly non_additive_dimension?: object
}

/** A table as a semantic manifest describes it. */
export interface SemanticModel {
  readonly name: string
  readonly node_relation: { readonly alias: string }
  readonly entities?: readonly Entity[]
  readonly dimensions?: readonly Dimension[]
  readonly measures?: readonly Measure[]
  readonly defaults?: { readonly agg_time_dimension?: string }
}

export const columnOf = ({ name, expr }: { readonly name: string; readonly expr?: string }): string => expr ?? name

/** The semantic models of a manifest, from all YAML documents below its folder. */
export function readManifest(folder: string, manifest: string): readonly SemanticModel[] {
  const root = join(folder, 'metricflow_itest', 'semantic_manifests', manifest)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))
  return files.sort().flatMap((name) =>
    parseAllDocuments(readFileSync(join(root, name), 'utf8')).flatMap((document) => {
      const read = document.toJS() as { readonly semantic_model?: SemanticModel } | null
      return read?.semantic_model ?? []
    }),
  )
}

import { acrossRows } from './across-rows.ts'
import { aggregates } from './aggregates.ts'
import { buckets } from './buckets.ts'
import { choices } from './choices.ts'
import { conditions } from './conditions.ts'
import { conversions } from './conversions.ts'
import { distributions } from './distributions.ts'
import { existences } from './existence.ts'
import type { FunctionDefinition, FunctionFamily } from './function.ts'
import { numbers } from './numbers.ts'
import { texts } from './text.ts'
import { times } from './times.ts'

/** Every function of the language, in the order of the reference page. A new family is one line. */
export const functionFamilies: readonly FunctionFamily[] = [
  aggregates,
  distributions,
  choices,
  existences,
  acrossRows,
  buckets,
  times,
  conditions,
  numbers,
  texts,
  conversions,
]

const functions: ReadonlyMap<string, FunctionDefinition> = new Map(
  functionFamilies.flatMap((family) => family.functions.map((one) => [one.name, one] as const)),
)

export const functionNames: readonly string[] = [...functions.keys()]
export const findFunction = (name: string): FunctionDefinition | undefined => functions.get(name)

/** Whether a call brings its own rows, so that paths inside it are its own affair. */
export const isAggregate = (name: string): boolean => {
  const kind = functions.get(name)?.kind
  return kind === 'aggregate' || kind === 'existence' || kind === 'hierarchy'
}

export const isBucket = (name: string): boolean => functions.get(name)?.kind === 'bucket'

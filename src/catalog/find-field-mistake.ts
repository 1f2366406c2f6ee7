import { suggestNames } from '../base/did-you-mean.ts'
import { listNames, type Mistake, type ModelEntry } from './model-entry.ts'

/** Why a name is no field of the model, or no time where one is wanted; undefined where it is. */
export function findFieldMistake(
  { name: model, fields }: ModelEntry,
  name: string,
  whose: string,
  mustBeTime: boolean,
): Mistake | undefined {
  const fits = (one: string) => !mustBeTime || ['date', 'timestamp'].includes(fields[one]?.type ?? '')
  const isKnown = Object.hasOwn(fields, name)
  if (isKnown && (fields[name] === undefined || fits(name))) return undefined
  const fitting = Object.keys(fields).filter(fits)
  const hint =
    fitting.length > 0
      ? `It may be ${listNames(fitting)}.`
      : `\`${model}\` has no field of type date or timestamp; add one.`
  if (isKnown)
    return {
      code: 'wrong-field-type',
      message: `${whose} is \`${name}\`, a field of type ${fields[name]?.type}, not a date or timestamp`,
      hint,
    }
  return {
    code: 'unknown-field',
    message: `${whose} is \`${name}\`, which is no field of \`${model}\``,
    hint,
    candidates: suggestNames(name, fitting),
  }
}

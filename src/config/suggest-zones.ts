import { suggestNames } from '../base/did-you-mean.ts'

const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(65 + at))
const suggestionsMax = 3

/** What Node has of the Intl Locale Info proposal, and TypeScript does not know yet. */
type LocaleWithZones = Intl.Locale & { getTimeZones?(): readonly string[] | undefined }

/** IANA zones that `name`, which is none, may have meant: those of a country, by its English name or its two letters, or names alike. */
export function suggestZones(name: string): readonly string[] {
  const region = findRegion(name.trim().toLowerCase())
  const ofRegion = region ? ((new Intl.Locale(`und-${region}`) as LocaleWithZones).getTimeZones?.() ?? []) : []
  return ofRegion.length > 0
    ? ofRegion.slice(0, suggestionsMax)
    : suggestNames(name, Intl.supportedValuesOf('timeZone'))
}

/** The two letters of a country. */
function findRegion(wanted: string): string | undefined {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .find((code) => names.of(code) !== undefined && [code, names.of(code)].some((one) => one?.toLowerCase() === wanted))
}

import type { CrossSection } from '../shapes.ts'

/** A cross-section without some of its members, `, ` between their labels. */
export function leaveOut(section: CrossSection, without: string): CrossSection {
  if (without === '') return section
  const names = new Set(without.split(', '))
  const kept = section.labels.flatMap((label, at) => (names.has(label) ? [] : [at]))
  const take = (values: Float64Array) => Float64Array.from(kept, (at) => values[at]!)
  return {
    ...section,
    labels: kept.map((at) => section.labels[at]!),
    values: take(section.values),
    weights: take(section.weights),
    ...(section.deviations && { deviations: take(section.deviations) }),
  }
}

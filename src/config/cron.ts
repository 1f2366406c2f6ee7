const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Smallest and largest number of each field, and the names that may stand for numbers from the smallest up. */
const fields = [
  { from: 0, to: 59, names: [] },
  { from: 0, to: 23, names: [] },
  { from: 1, to: 31, names: [] },
  { from: 1, to: 12, names: months },
  { from: 0, to: 7, names: weekdays },
] as const

/** Whether `text` is a schedule of five fields: minute, hour, day of month, month, weekday. */
export function isCron(text: string): boolean {
  const parts = text.trim().toLowerCase().split(/\s+/)
  return parts.length === fields.length && fields.every((field, index) => isCronField(parts[index] ?? '', field))
}

function isCronField(text: string, { from, to, names }: (typeof fields)[number]): boolean {
  const read = (part: string) => {
    const name = (names as readonly string[]).indexOf(part)
    return name >= 0 ? name + from : /^\d{1,2}$/.test(part) ? Number(part) : Number.NaN
  }
  const isInside = (value: number) => value >= from && value <= to
  return text.split(',').every((part) => {
    const [range = '', step, ...more] = part.split('/')
    if (more.length > 0 || (step !== undefined && !/^[1-9]\d?$/.test(step))) return false
    if (range === '*') return true
    const [low = '', high, ...rest] = range.split('-')
    if (rest.length > 0) return false
    return isInside(read(low)) && (high === undefined || (isInside(read(high)) && read(low) <= read(high)))
  })
}

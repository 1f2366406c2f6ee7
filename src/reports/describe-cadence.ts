const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const shortNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

function nameDays(field: string): string | undefined {
  if (field === '*') return 'every day'
  const lower = field.toLowerCase()
  if (lower === 'mon-fri' || lower === '1-5') return 'Monday to Friday'
  const names = lower.split(',').map((day) => {
    const at = /^\d$/.test(day) ? Number(day) % 7 : (shortNames as readonly string[]).indexOf(day.slice(0, 3))
    return at < 0 || day.includes('-') ? undefined : weekdays[at]
  })
  return names.includes(undefined) ? undefined : names.join(' and ')
}

/** A cron expression in words where it is a plain one: `Monday to Friday at 08:00`, `monthly on day 1 at 07:30`; else as written. */
export function describeCadence(cron: string): string {
  const [minute, hour, day, month, weekday, ...rest] = cron.trim().split(/\s+/)
  if (minute === undefined || hour === undefined || weekday === undefined || rest.length > 0) return cron
  if (!/^\d+$/.test(minute) || !/^\d+$/.test(hour) || month !== '*') return cron
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  if (day !== '*') return /^\d+$/.test(day ?? '') && weekday === '*' ? `monthly on day ${day} at ${time}` : cron
  const days = nameDays(weekday)
  return days === undefined ? cron : `${days} at ${time}`
}

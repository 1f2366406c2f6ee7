/** Size of every picture, in pixels. */
const canvasWidth = 640
const canvasHeight = 200
const margin = { left: 8, right: 8, top: 12, bottom: 22 }
/** Readable on light and dark pages. */
const ink = { quiet: '#8a94a6', band: '#8a94a6', loud: '#d9622b', second: '#3f7fd1' } as const
export type Tone = keyof typeof ink

type Point = readonly [x: number, y: number]

export interface Canvas {
  readonly line: (points: readonly Point[], tone: Tone, isDashed?: boolean) => void
  readonly band: (lower: readonly Point[], upper: readonly Point[]) => void
  readonly dots: (points: readonly Point[], tone: Tone, radius?: number) => void
  readonly bar: (from: Point, to: Point, tone: Tone) => void
  /** A text below the plot at x, or beside a point where y is given. */
  readonly text: (at: readonly [x: number, y?: number], text: string, tone?: Tone) => void
  readonly finish: (label: string) => string
}

const round = (x: number): string => String(Math.round(x * 10) / 10)
const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** A plot without axes, for values within the given ranges; missing values are gaps. An SVG text comes out. */
export function openCanvas([left, right]: Point, [low, high]: Point): Canvas {
  const parts: string[] = []
  const width = canvasWidth - margin.left - margin.right
  const height = canvasHeight - margin.top - margin.bottom
  const toX = (x: number) => margin.left + ((x - left) / (right - left || 1)) * width
  const toY = (y: number) => margin.top + height - ((y - low) / (high - low || 1)) * height
  const place = ([x, y]: Point) => `${round(toX(x))},${round(toY(Math.min(high, Math.max(low, y))))}`
  const path = (points: readonly Point[]) => {
    let isOpen = false
    return points
      .map((point) => {
        const isThere = Number.isFinite(point[1])
        const step = isThere ? `${isOpen ? 'L' : 'M'}${place(point)}` : ''
        isOpen = isThere
        return step
      })
      .join('')
  }
  return {
    line: (points, tone, isDashed = false) => {
      const dash = isDashed ? ' stroke-dasharray="4 3"' : ''
      const stroke = tone === 'loud' ? 2 : 1.2
      parts.push(`<path d="${path(points)}" fill="none" stroke="${ink[tone]}" stroke-width="${stroke}"${dash}/>`)
    },
    band: (lower, upper) => {
      const there = upper
        .map((point, at) => [point, lower[at]!] as const)
        .filter(([a, b]) => Number.isFinite(a[1] + b[1]))
      const corners = [...there.map(([a]) => a), ...there.map(([, b]) => b).reverse()]
      parts.push(`<polygon points="${corners.map(place).join(' ')}" fill="${ink.band}" opacity="0.22"/>`)
    },
    dots: (points, tone, radius = 2.4) => {
      for (const point of points) {
        const [x, y] = place(point).split(',')
        parts.push(`<circle cx="${x}" cy="${y}" r="${radius}" fill="${ink[tone]}"/>`)
      }
    },
    bar: (from, to, tone) => {
      const [x, y] = [Math.min(toX(from[0]), toX(to[0])), Math.min(toY(from[1]), toY(to[1]))]
      const [w, h] = [Math.abs(toX(to[0]) - toX(from[0])), Math.abs(toY(to[1]) - toY(from[1]))]
      parts.push(
        `<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${ink[tone]}" opacity="0.75"/>`,
      )
    },
    text: ([x, y], text, tone = 'quiet') => {
      const at = toX(x)
      const anchor = at > canvasWidth * 0.8 ? 'end' : at < canvasWidth * 0.2 ? 'start' : 'middle'
      const baseline = y === undefined ? canvasHeight - 6 : toY(y)
      parts.push(
        `<text x="${round(at)}" y="${round(baseline)}" text-anchor="${anchor}" font-family="sans-serif" font-size="12" fill="${ink[tone]}">${escapeText(text)}</text>`,
      )
    },
    finish: (label) =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${canvasWidth} ${canvasHeight}" width="${canvasWidth}" height="${canvasHeight}" role="img" aria-label="${escapeText(label).replaceAll('"', '&quot;')}">\n${parts.join('\n')}\n</svg>\n`,
  }
}

/** The range of the finite values, with a little room. */
export function rangeOf(values: Iterable<number>, ...others: readonly number[]): Point {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of [...values, ...others])
    if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)]
  const room = 0.04 * (high - low || 1)
  return [low - room, high + room]
}

/** Colours and the font of a chart. Quiet on purpose: one accent, for what the finding is about. */
export interface ChartTheme {
  readonly font: string
  readonly ink: string
  readonly muted: string
  readonly grid: string
  readonly band: string
  readonly expected: string
  readonly good: string
  readonly bad: string
  readonly neutral: string
  readonly surface: string
  /** Colours of several series, told apart by lightness too. */
  readonly series: readonly string[]
}

/** For images in mail on a light ground. */
export const lightTheme: ChartTheme = {
  font: 'Inter',
  ink: '#3d4350',
  muted: '#6b7280',
  grid: '#ecebe7',
  band: '#e6eaf2',
  expected: '#8894aa',
  good: '#0b7a6f',
  bad: '#c8451b',
  neutral: '#3a5bc7',
  surface: '#ffffff',
  series: ['#3a5bc7', '#c8451b', '#0b7a6f', '#8a5bb0', '#a0781c', '#5f6a7d'],
}

/** For images in mail on a dark ground. */
export const darkTheme: ChartTheme = {
  font: 'Inter',
  ink: '#c3c8d1',
  muted: '#9aa1ad',
  grid: '#2c2f36',
  band: '#2a303d',
  expected: '#7886a0',
  good: '#4cc9b0',
  bad: '#ff8f66',
  neutral: '#8fa8ff',
  surface: '#1c1e23',
  series: ['#8fa8ff', '#ff8f66', '#4cc9b0', '#c9a2ea', '#e0bb62', '#a4adbb'],
}

/** For charts inside pages: the stylesheet's variables, so that light and dark follow the page. */
export const pageTheme: ChartTheme = {
  font: 'inherit',
  ink: 'var(--chart-ink)',
  muted: 'var(--muted)',
  grid: 'var(--chart-grid)',
  band: 'var(--chart-band)',
  expected: 'var(--chart-expected)',
  good: 'var(--good)',
  bad: 'var(--bad)',
  neutral: 'var(--accent)',
  surface: 'var(--surface)',
  series: [1, 2, 3, 4, 5, 6].map((at) => `var(--chart-${at})`),
}

/** Good news, bad news, or neither. */
export type Tone = 'good' | 'bad' | 'neutral'

export const toneOf = (good: boolean | undefined): Tone => (good === undefined ? 'neutral' : good ? 'good' : 'bad')

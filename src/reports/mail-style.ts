import { darkTheme, lightTheme } from './chart-theme.ts'

/** Colours of mail: written into the markup for light, overridden by `mailStyle` where the reader's client knows dark. */
export const mailColors = {
  ground: '#f4f3ef',
  surface: lightTheme.surface,
  ink: '#1d2026',
  muted: '#646a76',
  line: '#e4e2db',
  accent: '#3a5bc7',
} as const

export const mailFont = "Inter, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"

/** Headings for those who listen; their looks come from the text around them. */
export const headingStyle = 'margin:0;font-size:inherit;font-weight:inherit;line-height:inherit'

/** Chips by tone: text and ground. */
export const chipColors = {
  good: { text: '#0a6259', ground: '#dff2ee' },
  bad: { text: '#9c3412', ground: '#fbe9e1' },
  neutral: { text: '#33489b', ground: '#e6ebfa' },
} as const

/** Dark mode and phones. Classes are set by `digest-mail.ts`; all else is inline, for clients that drop styles. */
export const mailStyle = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  a { text-decoration: none; }
  a:hover { text-decoration: underline; }
  @media (max-width: 480px) {
    .card > table > tbody > tr > td { padding: 18px 16px 14px !important; }
    .headline div { font-size: 17px !important; }
  }
  @media (prefers-color-scheme: dark) {
    body, body > div, .ground, .ground > table { background: #131519 !important; background-color: #131519 !important; }
    .card, .card > table, .card > table > tbody > tr > td { background: ${darkTheme.surface} !important; border-color: #2c2f36 !important; }
    .ink div, .ink a, .ink h1, .ink h2 { color: #ececef !important; }
    .muted div, .muted a, .muted td { color: #a2a8b3 !important; }
    .accent, .accent div, .accent a { color: #9db2ff !important; }
    .rule p { border-color: #2c2f36 !important; }
    .chip-good { color: #7fdcc9 !important; background: #12352f !important; }
    .chip-bad { color: #ffb597 !important; background: #40241a !important; }
    .chip-neutral { color: #b7c6ff !important; background: #232c4d !important; }
    .chart-light { display: none !important; }
    .chart-dark { display: table-row !important; }
    .chart-dark td { display: table-cell !important; }
  }
`

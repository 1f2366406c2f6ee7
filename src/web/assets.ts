import { fileURLToPath } from 'node:url'

/** A file that pages ask for. */
export interface Asset {
  /** As pages name it. */
  readonly path: string
  /** Absolute path of the file. */
  readonly file: string
  readonly type: string
}

const ownFile = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const fontFile = (name: string) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${name}`))

/** Everything under `/assets`: the stylesheet, the explorer's completion, the icon and the letters. Nothing is fetched from elsewhere. */
export const assets: readonly Asset[] = [
  { path: '/assets/style.css', file: ownFile('style.css'), type: 'text/css; charset=utf-8' },
  { path: '/assets/editor.js', file: ownFile('editor.js'), type: 'text/javascript; charset=utf-8' },
  { path: '/assets/icon.svg', file: ownFile('icon.svg'), type: 'image/svg+xml' },
  { path: '/assets/inter-400.ttf', file: fontFile('400Regular/Inter_400Regular.ttf'), type: 'font/ttf' },
  { path: '/assets/inter-600.ttf', file: fontFile('600SemiBold/Inter_600SemiBold.ttf'), type: 'font/ttf' },
]

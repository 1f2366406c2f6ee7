import { fileURLToPath } from 'node:url'
import { Resvg } from '@resvg/resvg-js'
import { encodePng } from './encode-png.ts'

/** The same letters on every machine: bundled, so that no font of the system is looked for. */
const fontFiles = [
  '400Regular/Inter_400Regular.ttf',
  '500Medium/Inter_500Medium.ttf',
  '600SemiBold/Inter_600SemiBold.ttf',
].map((file) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${file}`)))

/** SVG text as a PNG, `width` pixels wide, on an opaque `background`; 10 to 20 kB each. */
export function drawPng(svg: string, { width, background }: { width: number; background: string }): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    background,
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'Inter' },
  })
  const drawn = image.render()
  return encodePng(drawn.pixels, drawn.width, drawn.height)
}

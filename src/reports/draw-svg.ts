import * as vega from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { escapeHtml } from './html.ts'

/** A chart as plain data. */
export type ChartSpecification = TopLevelSpec

/** Exported by Vega, but not in its types. */
interface StringRenderer {
  initialize(element: null, width: number, height: number, origin: readonly number[]): StringRenderer
  render(scene: unknown): StringRenderer
  svg(): string
}

/**
 * A chart as SVG text, drawn without a browser. `label` is what a screen reader says instead of it. Coordinates are rounded to a
 * tenth of a pixel, which halves the size.
 */
export function drawSvg(
  specification: ChartSpecification,
  { label, name = 'chart' }: { label: string; name?: string },
): string {
  const view = new vega.View(vega.parse(compile(specification).spec), { renderer: 'none' }).run()
  const { SVGStringRenderer } = vega as unknown as { readonly SVGStringRenderer: new () => StringRenderer }
  const padding = view.padding() as { left: number; right: number; top: number; bottom: number }
  const width = view.width() + padding.left + padding.right
  const height = view.height() + padding.top + padding.bottom
  const drawn = new SVGStringRenderer()
    .initialize(null, width, height, [padding.left, padding.top])
    .render((view.scenegraph() as unknown as { readonly root: unknown }).root)
    .svg()
  view.finalize()
  const inside = drawn
    .replace(/^<svg[^>]*>/, '')
    .replace(/<path class="(?:background|foreground)"[^>]*d=""[^>]*>(?:<\/path>)?/g, '')
    .replace(/ (?:aria-\w+|role|class|pointer-events|aria-roledescription)="[^"]*"/g, '')
    .replace(/-?\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10))
  const head = `class="${name}" width="${Math.round(width)}" height="${Math.round(height)}" viewBox="0 0 ${Math.round(width)} ${Math.round(height)}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${head} role="img" aria-label="${escapeHtml(label)}">${inside}`
}

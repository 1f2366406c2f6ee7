import { type ChartSize, chartSizes } from '../../reports/chart-layout.ts'
import { type ChartSpecification, drawSvg } from '../../reports/draw-svg.ts'
import { type Html, html, trust } from '../../reports/html.ts'

/** A chart drawn twice, for a wide and a narrow page, so that its words are readable on both; the stylesheet shows one. */
export const renderChart = (specify: (size: ChartSize) => ChartSpecification, label: string): Html =>
  html`<figure class="chart-frame">${trust(drawSvg(specify(chartSizes.wide), { label, name: 'chart wide' }))}${trust(
    drawSvg(specify(chartSizes.narrow), { label, name: 'chart narrow' }),
  )}</figure>`

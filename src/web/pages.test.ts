import { expect, test } from 'vitest'
import { renderEveryPage } from '../../tests/fixtures/every-page.ts'
import { dataUntil, evidenceOf, findings, reruns, summary } from '../../tests/fixtures/example-cycle.ts'
import { linesResult, mistakenText, mistakes } from '../../tests/fixtures/example-result.ts'
import type { Finding } from '../findings/finding.ts'
import { renderEvidencePage } from './pages/evidence.ts'
import { renderExplorePage } from './pages/explore.ts'
import { renderInboxPage } from './pages/inbox.ts'

const hostile = `</title></textarea><script>alert('x')</script>"onmouseover="x" &amp;`
const pages = Object.entries(renderEveryPage('Paid search'))
const attacked = Object.entries(renderEveryPage(hostile))

const voidTags = new Set(['meta', 'link', 'input', 'br', 'hr', 'img', '!doctype'])

/** Tags that are opened and not closed in order; empty when the document nests as it should. */
function findUnbalanced(page: string): readonly string[] {
  const open: string[] = []
  const wrong: string[] = []
  for (const [, end, tag, , isEmpty] of page.matchAll(/<(\/?)([a-z!][a-z0-9]*)((?:"[^"]*"|[^">])*?)(\/?)>/gi)) {
    const name = tag?.toLowerCase() ?? ''
    if (voidTags.has(name) || isEmpty) continue
    if (!end) open.push(name)
    else if (open.pop() !== name) wrong.push(name)
  }
  return [...wrong, ...open]
}

/** The only scripts that a page may hold: whole files of our own. */
const ownScript = /<script type="module" src="\/assets\/[a-z]+\.js"><\/script>/g

test.each(attacked)('%s: no name becomes markup', (_, page) => {
  expect(page.replace(ownScript, '')).not.toContain('<script')
  expect(page).not.toMatch(/<[^>]*[^&;\w]onmouseover="/)
  expect(page).toContain('&lt;script&gt;')
  expect(findUnbalanced(page)).toEqual([])
})

test.each(pages)('%s: runs no script but files of its own, styles nothing by itself, asks no other host', (_, page) => {
  expect(page.replace(ownScript, '')).not.toMatch(/<script|\son[a-z]+="|javascript:|\sstyle="|<style/)
  expect(page).not.toMatch(/(?:src|href|action)="(?!\/|#)/)
})

test.each(pages)('%s: has one heading, a language, a title, a way past the navigation', (_, page) => {
  expect(page.match(/<h1[ >]/g)).toHaveLength(1)
  expect(page).toMatch(/^<!doctype html>\s*<html lang="en">/)
  expect(page).toMatch(/<title>[^<]+ · Paid search · Hunch<\/title>/)
  expect(page).toContain('<a class="skip" href="#main">')
  expect(page).toContain('<main id="main"')
  expect(findUnbalanced(page)).toEqual([])
  expect(page).not.toMatch(/undefined|\[object|NaN/)
})

test.each(pages)('%s: gives every field a label and no id twice', (_, page) => {
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const [, id] of page.matchAll(/aria-labelledby="([^"]+)"/g)) expect(ids).toContain(id)
  for (const [, id] of page.matchAll(/<(?:input|textarea) id="([^"]+)"/g)) expect(page).toContain(`for="${id}"`)
})

test('inbox and page say where a language model suggested what a finding tells', () => {
  const finding: Finding = { ...findings[0]!, origin: 'suggested' }
  const inbox = renderInboxPage({ workspace: 'acme', items: [{ finding }], filter: {}, metrics: [] })
  const page = renderEvidencePage({ workspace: 'acme', finding, reruns: [], feedback: [], breakdowns: [] })
  for (const html of [inbox, page]) expect(html).toContain('<span>Suggested by a language model</span>')
})

test('a finding without evidence is shown by its numbers, and says why there is none', () => {
  const finding = findings[0]!
  const whyWithout = 'the test cannot be run on today’s data: 3 values are too few'
  const page = renderEvidencePage({ workspace: 'acme', finding, whyWithout, reruns: [], feedback: [], breakdowns: [] })
  expect(page).toContain(finding.headline)
  expect(page).toContain(`There is no evidence to look at: ${whyWithout}.`)
  expect(page).not.toContain('The chart’s numbers')
})

test('the evidence page opens each step to its rows, SQL, parameters and time', () => {
  const page = renderEvidencePage({
    workspace: 'acme',
    finding: findings[0]!,
    evidence: evidenceOf.get(findings[0]!.key),
    reruns,
    feedback: [],
    breakdowns: [{ field: 'plan', label: 'Plan' }],
  })
  expect(page.match(/<details class="step">/g)).toHaveLength(2)
  expect(page).toContain('The first 8 of 393 rows.')
  expect(page).toContain('date_trunc(&#39;day&#39;, created_at)')
  expect(page).toContain('<code>$1</code> = <code>&#39;paid_search&#39;</code>')
  expect(page).toContain('38 ms')
  expect(page).toContain('Still holds: yes')
  expect(page).toContain('12,431 tested, 37 held up')
  expect(page).toContain('action="/findings/f1-level-shift-signups-paid/rerun"')
  expect(page).toContain(
    `/explore?text=${encodeURIComponent('as of 2026-10-01\nfrom metric signups by day, plan where')}`,
  )
})

test('a link in a mail proposes a feedback and records none', () => {
  const page = renderEvidencePage({
    workspace: 'acme',
    finding: findings[0]!,
    reruns: [],
    feedback: [],
    proposedFeedback: 'not_useful',
    breakdowns: [],
  })
  expect(page).toContain('You chose “Not useful” in the mail. Press it to confirm.')
  expect(page).toContain('value="not_useful" class="primary"')
})

test('an inbox without findings says why', () => {
  const inbox = { workspace: 'acme', items: [], filter: {}, metrics: [] }
  expect(renderInboxPage(inbox)).toContain('No cycle has run yet')
  expect(renderInboxPage({ ...inbox, cycle: { summary, shown: 0, dataUntil, withheld: [] } })).toContain('All quiet')
  expect(renderInboxPage({ ...inbox, filter: { state: 'new' } })).toContain('Nothing fits this filter')
})

test('a mistake is shown with its place', () => {
  const page = renderExplorePage({ workspace: 'acme', text: mistakenText, diagnostics: mistakes, examples: [] })
  expect(page).toContain('there is no field <code>pln</code> in <code>account</code>')
  expect(page).toContain('2 | where pln = &quot;pro&quot;\n  |       ^^^')
  expect(page).toContain('Did you mean <code>plan</code>?')
})

test('a long result is cut on the page and counted', () => {
  const rows = Array.from({ length: 950 }, (_, at) => [at % 7 === 0 ? null : `name ${at}`, at, '12345678901234567890'])
  const columns = [
    { name: 'name', type: 'text' as const },
    { name: 'n', type: 'number' as const },
    { name: 'big', type: 'number' as const },
  ]
  const page = renderExplorePage({
    workspace: 'acme',
    text: 'from account',
    diagnostics: [],
    examples: [],
    result: { ...linesResult, columns, rows, rowCount: 950 },
  })
  expect(page.match(/<tr>/g)).toHaveLength(201)
  expect(page).toContain('The first 200 of 950 rows.')
  expect(page).toContain('<span class="empty" title="empty">–</span>')
  expect(page).toContain('12345678901234567890')
})

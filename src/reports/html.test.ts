import { expect, test } from 'vitest'
import { html, trust } from './html.ts'

test('text is escaped in content and in attributes, wherever it comes from', () => {
  const name = `<script>alert("1")</script>'&`
  expect(html`<p title="${name}">${[name, 1]}</p>`.markup).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;1</p>',
  )
})

test('markup inside markup stays as it is, and what is absent leaves nothing', () => {
  expect(html`<ul>${[html`<li>a</li>`, undefined, false, null]}${trust('<hr>')}</ul>`.markup).toBe(
    '<ul><li>a</li><hr></ul>',
  )
})

test('an object that only looks like markup cannot come from a string', () => {
  expect(html`${JSON.stringify({ markup: '<b>' })}`.markup).toBe('{&quot;markup&quot;:&quot;&lt;b&gt;&quot;}')
})

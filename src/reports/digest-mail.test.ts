import { expect, test } from 'vitest'
import { dataUntil, evidenceOf, findings, summary, withheld } from '../../tests/fixtures/example-cycle.ts'
import type { Finding } from '../findings/finding.ts'
import { chooseDigest, type Digest, unsubscribePlaceholder } from './digest.ts'
import { composeDigestMail } from './digest-mail.ts'

const choice = chooseDigest(findings, { follows: [], shown: 5 })!
const digest: Digest = {
  workspace: 'acme',
  team: 'growth',
  cadence: '0 8 * * mon-fri',
  webUrl: 'https://hunch.acme.test',
  summary,
  dataUntil,
  withheld,
  ...choice,
  cards: choice.cards.map((finding) => ({ finding, evidence: evidenceOf.get(finding.key) })),
}
const mail = await composeDigestMail(digest)

test('each card has its headline, three links and a chart with an alternative text', () => {
  for (const { finding } of digest.cards) {
    const url = `https://hunch.acme.test/findings/${finding.key}`
    expect(mail.html).toContain(finding.headline)
    expect(mail.html).toContain(`href="${url}#steps"`)
    expect(mail.html).toContain(`href="${url}?feedback=expected"`)
    expect(mail.html).toContain(`href="${url}?feedback=not_useful"`)
  }
  const images = [...mail.html.matchAll(/<img[^>]*>/g)].map(([tag]) => tag)
  expect(images).toHaveLength(6)
  for (const image of images) expect(image).toMatch(/alt="[^"]{40,}"/)
})

test('every image in the markup is attached, and every attachment is used', () => {
  const used = [...mail.html.matchAll(/cid:([^"]+)/g)].map(([, cid]) => cid).sort()
  expect(used).toEqual(mail.images.map(({ cid }) => cid).sort())
  for (const { png } of mail.images) expect(png.length).toBeLessThan(25_000)
})

test('it says how much was tested, what recovered, what could not be tested, and how to leave', () => {
  for (const part of [mail.html, mail.text.replace(/\n */g, ' ')]) {
    expect(part).toContain('Tested 12,431 hypotheses on 9,118 series')
    expect(part).toContain(
      'Tickets opened with priority High rose 57%: 33 a day against 21 expected, from 3 Aug 2026 to 20 Sep 2026',
    )
    expect(part).toContain('has 12 points; level_shift needs 20')
    expect(part).toContain('Monday to Friday at 08:00')
    expect(part).toContain(unsubscribePlaceholder)
  }
})

test('seven cards stay far under the size at which mail is cut', async () => {
  const cards = Array.from({ length: 7 }, (_, at) => {
    const finding: Finding = { ...findings[at % 3]!, key: `f${at}` }
    return { finding, evidence: undefined }
  })
  const { html } = await composeDigestMail({ ...digest, cards })
  expect(Buffer.byteLength(html)).toBeLessThan(100_000)
})

test('it knows dark mode and asks nobody else for letters or pictures', () => {
  expect(mail.html).toContain('<meta name="color-scheme" content="light dark"')
  expect(mail.html).toContain('@media (prefers-color-scheme: dark)')
  expect(mail.html).not.toContain('fonts.googleapis.com')
  expect(mail.html).not.toMatch(/(src|url)\s*=?\s*["(]https?:/)
})

test('the text part has no line too long but addresses', () => {
  for (const line of mail.text.split('\n')) if (!line.includes('://')) expect(line.length).toBeLessThanOrEqual(76)
})

test('a card says where a language model suggested what it tells', async () => {
  const cards = digest.cards.map(({ finding }): Digest['cards'][number] => ({
    finding: { ...finding, origin: 'suggested' },
    evidence: undefined,
  }))
  const { html, text } = await composeDigestMail({ ...digest, cards })
  expect(html).toContain('suggested by a language model')
  expect(text).toMatch(/^1\. NEW, SUGGESTED BY A LANGUAGE MODEL$/m)
  expect(mail.html + mail.text).not.toMatch(/language model/i)
})

test('names of customers cannot become markup', async () => {
  const hostile = `<script>alert(1)</script> & "x" <mj-include path="/etc/passwd" />`
  const finding: Finding = { ...findings[0]!, headline: hostile, sliceLabel: hostile, metricLabel: hostile }
  const { html, subject } = await composeDigestMail({
    ...digest,
    workspace: hostile,
    team: hostile,
    withheld: [{ what: hostile, why: hostile }],
    cards: [
      {
        finding: { ...finding, drivers: [{ slice: [], label: hostile, share: 0.9 }] },
        evidence: evidenceOf.get(finding.key),
      },
    ],
    recovered: [finding],
  })
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<mj-include')
  expect(html).not.toContain('root:')
  expect(subject).toContain('<script>')
})

test('the same digest gives the same bytes', async () => {
  const again = await composeDigestMail(digest)
  expect(again.html).toBe(mail.html)
  expect(again.text).toBe(mail.text)
  expect(again.images.map(({ png }) => Buffer.from(png).toString('base64'))).toEqual(
    mail.images.map(({ png }) => Buffer.from(png).toString('base64')),
  )
})

test('a quiet digest says so', async () => {
  const quiet = await composeDigestMail({ ...digest, cards: [], stillOpen: [], recovered: [] })
  expect(quiet.subject).toBe('All quiet')
  expect(quiet.html).toContain('Nothing new held up.')
  expect(quiet.text).toContain('Nothing new held up.')
})

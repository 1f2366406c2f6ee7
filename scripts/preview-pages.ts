/**
 * Draws the digest and every page from a made-up cycle into a folder, to be looked at: `node scripts/preview-pages.ts <folder>`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chooseDigest } from '../src/reports/digest.ts'
import { composeDigestMail } from '../src/reports/digest-mail.ts'
import { inlineImages } from '../src/reports/inline-images.ts'
import { dataUntil, evidenceOf, findings, summary, withheld } from '../tests/fixtures/example-cycle.ts'

const folder = process.argv[2] ?? '.preview'
mkdirSync(folder, { recursive: true })
const save = (name: string, content: string) => writeFileSync(join(folder, name), content)

const choice = chooseDigest(findings, { follows: [], shown: 5 })!
const mail = await composeDigestMail({
  workspace: 'acme',
  team: 'growth',
  cadence: '0 8 * * mon-fri',
  webUrl: 'http://localhost:4321',
  summary,
  dataUntil,
  withheld,
  ...choice,
  cards: choice.cards.map((finding) => ({ finding, evidence: evidenceOf.get(finding.key) })),
})
const images = mail.images.map(({ cid, png }) => ({ cid, pngBase64: Buffer.from(png).toString('base64') }))
save('digest-mail.html', inlineImages(mail.html, images))
save('digest-mail-blocked.html', mail.html)
save('digest-mail.txt', mail.text)
console.log(`digest: ${mail.subject} (${mail.html.length} characters, ${mail.images.length} images)`)

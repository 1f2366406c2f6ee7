/**
 * Draws the digest and every page from a made-up cycle into a folder, to be looked at: `node scripts/preview-pages.ts <folder>`.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { chooseDigest } from '../src/reports/digest.ts'
import { composeDigestMail } from '../src/reports/digest-mail.ts'
import { inlineImages } from '../src/reports/inline-images.ts'
import { assets } from '../src/web/assets.ts'
import { renderAskPage } from '../src/web/pages/ask.ts'
import { renderCatalogPage } from '../src/web/pages/catalog.ts'
import { renderCyclePage } from '../src/web/pages/cycle.ts'
import { renderCyclesPage } from '../src/web/pages/cycles.ts'
import { renderDigestPage } from '../src/web/pages/digest.ts'
import { renderDigestsPage } from '../src/web/pages/digests.ts'
import { renderErrorPage } from '../src/web/pages/error.ts'
import { renderEvidencePage } from '../src/web/pages/evidence.ts'
import { renderExplorePage } from '../src/web/pages/explore.ts'
import { renderInboxPage } from '../src/web/pages/inbox.ts'
import { renderOutboxPage } from '../src/web/pages/outbox.ts'
import { renderSettingsPage } from '../src/web/pages/settings.ts'
import { renderUnsubscribePage } from '../src/web/pages/unsubscribe.ts'
import { dataUntil, evidenceOf, findings, reruns, summary, withheld } from '../tests/fixtures/example-cycle.ts'
import { barsResult, linesResult, mistakenText, mistakes } from '../tests/fixtures/example-result.ts'

const folder = process.argv[2] ?? '.preview'
const workspace = 'acme'
const at = '2026-10-01T05:12:44.000Z'
mkdirSync(folder, { recursive: true })

/** Addresses of assets become files beside the page. */
const localise = (text: string) => text.replaceAll('"/assets/', '"./')
const save = (name: string, content: string) => writeFileSync(join(folder, name), localise(content))

for (const { path, file } of assets) copyFileSync(file, join(folder, basename(path)))
save('style.css', readFileSync(join(folder, 'style.css'), 'utf8'))

const choice = chooseDigest(findings, { follows: [], shown: 5 })
const mail = await composeDigestMail({
  workspace,
  team: 'growth',
  cadence: '0 8 * * mon-fri',
  webUrl: 'http://localhost:4321',
  summary,
  dataUntil,
  withheld,
  stillOpen: choice?.stillOpen ?? [],
  recovered: choice?.recovered ?? [],
  cards: (choice?.cards ?? []).map((finding) => ({ finding, evidence: evidenceOf.get(finding.key) })),
})
const images = mail.images.map(({ cid, png }) => ({ cid, pngBase64: Buffer.from(png).toString('base64') }))
save('digest-mail.html', inlineImages(mail.html, images))
save('digest-mail-blocked.html', mail.html)
save('digest-mail.txt', mail.text)

const [top, , outlier] = findings
const cycle = { summary, shown: 3, dataUntil, withheld }
const metrics = [
  { name: 'signups', label: 'Signups' },
  { name: 'activation', label: 'Activation' },
]
const breakdowns = [
  { field: 'plan', label: 'Plan' },
  { field: 'country', label: 'Country' },
]
const evidenceView = { workspace, reruns: [], feedback: [], breakdowns } as const
save(
  'inbox.html',
  renderInboxPage({
    workspace,
    items: findings.map((finding) => ({ finding, series: evidenceOf.get(finding.key)?.series })),
    filter: {},
    metrics,
    cycle,
    nextCursor: 'next',
  }),
)
save('inbox-empty.html', renderInboxPage({ workspace, items: [], filter: {}, metrics, cycle }))
if (top)
  save(
    'evidence.html',
    renderEvidencePage({
      ...evidenceView,
      finding: top,
      evidence: evidenceOf.get(top.key),
      reruns,
      feedback: [{ label: 'useful', by: 'ann@acme.test', at }],
    }),
  )
if (outlier)
  save(
    'evidence-outlier.html',
    renderEvidencePage({
      ...evidenceView,
      finding: outlier,
      evidence: evidenceOf.get(outlier.key),
      proposedFeedback: 'expected',
    }),
  )
save(
  'explore.html',
  renderExplorePage({ workspace, text: linesResult.exploration, result: linesResult, diagnostics: [], examples: [] }),
)
save(
  'explore-mistake.html',
  renderExplorePage({
    workspace,
    text: mistakenText,
    diagnostics: mistakes,
    examples: [{ title: 'Customer team sizes', text: 'from account' }],
  }),
)
const existing = [{ title: 'Revenue by country', score: 0.8, url: '/explore' }]
const examples = [
  'How many accounts signed up last month?',
  'Revenue by country, this year',
  'Average users per account, by plan',
]
save(
  'ask.html',
  renderAskPage({
    workspace,
    question: 'Revenue by country, this year',
    examples,
    answer: {
      kind: 'answered',
      sentence: 'Revenue by country, this year: Germany has most, 812k EUR.',
      result: barsResult,
      existing,
      route: 'planner',
      confidence: 0.92,
      repairs: 0,
      timings: { plan: 4, check: 2, run: 42 },
    },
  }),
)
save('ask-blank.html', renderAskPage({ workspace, question: '', examples }))
save(
  'ask-cannot.html',
  renderAskPage({
    workspace,
    question: 'What will the weather be?',
    examples,
    answer: { kind: 'cannot_answer', reason: 'nothing in the catalog is about the weather', existing },
  }),
)
save(
  'cycle.html',
  renderCyclePage({
    workspace,
    cycle: { ...cycle, state: 'done', trigger: 'schedule growth', seed: 7, createdAt: at, finishedAt: at },
    findings,
    untestable: [
      { reason: 'has 12 points; level_shift needs 20', count: 511 },
      { reason: 'no value in 30 periods', count: 78 },
    ],
    scans: { total: 42, open: 0, failed: 1 },
  }),
)
save(
  'cycles.html',
  renderCyclesPage({ workspace, cycles: [{ state: 'done', trigger: 'cli', createdAt: at, summary }] }),
)
const digest = {
  id: 'digest-1',
  team: 'growth',
  cycleId: summary.id,
  subject: mail.subject,
  text: mail.text,
  createdAt: at,
}
save('digests.html', renderDigestsPage({ workspace, digests: [{ ...digest, findings: 3 }] }))
save(
  'digest.html',
  renderDigestPage({ workspace, digest, deliveries: [{ recipient: 'ann@acme.test', state: 'sent' }] }).replace(
    '/digests/digest-1/mail',
    'digest-mail.html',
  ),
)
save(
  'outbox.html',
  renderOutboxPage({
    workspace,
    kind: 'outbox',
    mails: [{ to: 'ann@acme.test', subject: mail.subject, sentAt: at, html: 'a.html', eml: 'a.eml' }],
  }),
)
save(
  'settings.html',
  renderSettingsPage({
    workspace,
    timezone: 'Europe/Tallinn',
    webUrl: 'http://localhost:4321',
    warehouse: 'duckdb:./data/acme.duckdb',
    mail: { kind: 'outbox', from: 'Hunch <hunch@acme.test>' },
    engine: { fdr: 0.05, budget: { hypotheses: 20_000, seconds: 600 }, shown: 5 },
    teams: [{ name: 'growth', digest: '0 8 * * mon-fri', members: ['ann@acme.test'], follows: ['signups'] }],
  }),
)
save(
  'catalog.html',
  renderCatalogPage({
    workspace,
    events: [{ name: 'Black Friday', from: '2026-11-27', to: '2026-11-30' }],
    models: {
      account: {
        name: 'account',
        source: { table: 'accounts' },
        label: 'Account',
        description: 'A company that signed up',
        fields: Object.fromEntries(
          (['name', 'plan', 'created_at'] as const).map((name) => [
            name,
            {
              name,
              type: name === 'created_at' ? 'timestamp' : 'text',
              label: name,
              description: name === 'plan' ? 'Payment plan' : undefined,
              unit: undefined,
              values:
                name === 'plan'
                  ? [
                      { value: 'free', label: 'Free' },
                      { value: 'pro', label: 'Pro' },
                    ]
                  : [],
              hidden: false,
              pii: name === 'name',
            },
          ]),
        ),
        relations: { users: { name: 'users', to: 'user', cardinality: 'many' } },
        metrics: {
          signups: {
            name: 'signups',
            label: 'Signups',
            description: undefined,
            measure: 'count()',
            time: 'created_at',
            good: 'up',
            slices: ['plan', 'source'],
            unit: 'accounts',
          },
        },
        explorations: [{ title: 'Customer team sizes', text: 'from account' }],
      },
    },
  }),
)
save(
  'error.html',
  renderErrorPage({
    workspace,
    status: 404,
    message: 'there is no finding `abc`',
    hint: 'It may belong to a cycle that was deleted.',
    diagnostics: [],
  }),
)
save(
  'unsubscribe.html',
  renderUnsubscribePage({ workspace, team: 'growth', recipient: 'ann@acme.test', token: 'x', isDone: false }),
)
console.log(`${folder}: ${mail.subject} (${mail.html.length} characters of mail, ${mail.images.length} images)`)

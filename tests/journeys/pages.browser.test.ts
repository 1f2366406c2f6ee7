import type { AddressInfo } from 'node:net'
import { AxeBuilder } from '@axe-core/playwright'
import type { FastifyInstance } from 'fastify'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer } from '../../src/api/create-server.ts'
import { openWorld, type World } from '../../src/api/testing/open-world.ts'
import { addresses } from '../../src/reports/addresses.ts'
import { findEvidence, saveEvidence } from '../../src/store/evidence.ts'
import { saveFindings } from '../../src/store/findings.ts'
import { makeAccountEvidence, makeAccountFinding } from '../fixtures/account-finding.ts'

let world: World
let server: FastifyInstance
let browser: Browser
let url: string

beforeAll(async () => {
  world = await openWorld()
  await addAccountFinding()
  server = createServer(world.context)
  await server.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await world?.close()
})

/** What this small company has no accounts for. */
async function addAccountFinding(): Promise<void> {
  const { context, findings, cycleId } = world
  const [top] = findings
  const evidence = top && (await findEvidence(context.database, context.workspace, top.key, cycleId))
  if (!top || !evidence) throw new Error('the company has a finding with evidence')
  await saveFindings(context.database, context.workspace, cycleId, [...findings, makeAccountFinding(top)])
  await saveEvidence(context.database, makeAccountEvidence(evidence))
}

/** A page in a context of its own; what the browser complains about is collected. */
async function openPage(options: BrowserContextOptions, visit: (page: Page, complaints: string[]) => Promise<void>) {
  const context: BrowserContext = await browser.newContext({ baseURL: url, ...options })
  try {
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => (message.type() === 'error' ? complaints.push(message.text()) : undefined))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('response', (response) =>
      response.status() >= 400 ? complaints.push(`${response.status()} ${response.url()}`) : undefined,
    )
    await visit(page, complaints)
  } finally {
    await context.close()
  }
}

const topFinding = () => world.findings[0]?.key ?? 'no finding'
const paths: Readonly<Record<string, () => string>> = {
  inbox: () => addresses.inbox(),
  evidence: () => addresses.finding(topFinding()),
  'evidence of accounts': () => addresses.finding('single-accounts'),
  explorer: () =>
    addresses.explore(
      'from account\ngroup by month(created_at), plan: accounts = count()\nchart line month, accounts by plan',
    ),
  'explorer with a heatmap': () =>
    addresses.explore(
      'from account\ngroup by weekday = day_name(created_at), hour = hour_of_day(created_at): accounts = count()\nchart heatmap hour, weekday, accounts',
    ),
  'explorer with a mistake': () => addresses.explore('from acount\ngroup by plan: n = count()'),
  ask: () => addresses.ask('accounts by source'),
  cycles: () => addresses.cycles(),
  cycle: () => addresses.cycle(world.cycleId),
  digests: () => addresses.digests(),
  digest: () => addresses.digest(world.digestId),
  outbox: () => addresses.outbox(),
  catalog: () => addresses.catalog(),
  settings: () => addresses.settings(),
  'what people said': () => addresses.allFeedback(),
  'what is watched': () => addresses.watches(),
}

describe.each(Object.entries(paths))('the page %s', (_name, path) => {
  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const)('is accessible and fits in %s at %i pixels', async (colorScheme, width) => {
    await openPage({ colorScheme, viewport: { width, height: 900 } }, async (page, complaints) => {
      await page.goto(path())
      // A mistake in what was asked is answered with 422, which browsers log.
      expect(complaints.filter((text) => !text.includes('422'))).toEqual([])
      expect(await page.title()).not.toBe('')
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      )
      expect(overflow).toBeLessThanOrEqual(0)
      // The mail in its frame is a mail, not a page: it has a test of its own.
      const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    })
  })
})

test('without scripts, a reader goes from the inbox to the rows and SQL of each step', async () => {
  await openPage({ javaScriptEnabled: false }, async (page, complaints) => {
    await page.goto('/')
    await page
      .getByRole('link', { name: /signups/i })
      .first()
      .click()
    expect(new URL(page.url()).pathname).toBe(`/findings/${encodeURIComponent(topFinding())}`)
    const step = page.locator('#steps details').first()
    await step.locator('summary').first().click()
    expect(await step.locator('table').first().isVisible()).toBe(true)
    await step.getByText('SQL', { exact: false }).first().click()
    expect(await step.locator('pre').last().textContent()).toMatch(/select/i)
    expect(complaints).toEqual([])
  })
})

test('a finding is run again and still holds, and feedback is kept', async () => {
  await openPage({}, async (page, complaints) => {
    await page.goto(addresses.finding(topFinding()))
    await page.getByRole('button', { name: 'Run again' }).click()
    await page.getByText('Still holds: yes').first().waitFor()
    await page.getByRole('button', { name: 'Not useful' }).click()
    await page.getByText('Not useful” by').waitFor()
    expect(complaints).toEqual([])
  })
})

test('two clicks from the mail’s finding lead to it broken down by another field', async () => {
  await openPage({}, async (page, complaints) => {
    await page.goto(addresses.finding(topFinding()))
    await page.getByRole('link', { name: 'Plan', exact: true }).first().click()
    expect(new URL(page.url()).pathname).toBe('/explore')
    expect(await page.locator('table').first().isVisible()).toBe(true)
    expect(await page.locator('table').first().textContent()).toMatch(/Pro|pro/)
    expect(complaints).toEqual([])
  })
})

test('a question is typed, asked with Enter, and answered with steps and rows', async () => {
  await openPage({}, async (page, complaints) => {
    await page.goto('/ask')
    await page.getByRole('textbox').first().fill('accounts by source')
    await page.keyboard.press('Enter')
    await page.locator('table').first().waitFor()
    expect(await page.locator('main').textContent()).toMatch(/Organic/)
    expect(complaints).toEqual([])
  })
})

test('the first Tab reaches a link that skips the navigation', async () => {
  await openPage({}, async (page) => {
    await page.goto('/')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent')).toMatch(/skip/i)
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).not.toBe('')
  })
})

test('names are completed while an exploration is written, by keys alone', async () => {
  await openPage({}, async (page, complaints) => {
    await page.goto('/explore')
    const field = page.locator('#text')
    await field.fill('from account\n')
    await field.press('End')
    await field.pressSequentially('where pla')
    const options = page.getByRole('option')
    await options.first().waitFor()
    expect(await options.first().textContent()).toMatch(/^plan/)
    await field.press('Enter')
    expect(await field.inputValue()).toBe('from account\nwhere plan')
    await field.pressSequentially(' = "')
    await options.first().waitFor()
    expect((await options.allTextContents()).join(' ')).toMatch(/pro/i)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await field.press('Escape')
    expect(await options.count()).toBe(0)
    expect(complaints).toEqual([])
  })
})

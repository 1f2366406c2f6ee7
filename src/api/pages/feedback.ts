import { z } from 'zod'
import { keepFeedback } from '../../engine/tell/keep-feedback.ts'
import type { Finding } from '../../findings/finding.ts'
import { feedbackLabels, muteScopes, openedLabel } from '../../findings/tell/hear-feedback.ts'
import { type Bound, whyUnfit } from '../../findings/tell/mute-condition.ts'
import { addresses } from '../../reports/addresses.ts'
import { listFeedback, undoFeedback } from '../../store/feedback.ts'
import { findFinding } from '../../store/findings.ts'
import { renderFeedbackPage } from '../../web/pages/feedback.ts'
import { HttpError, notFound } from '../http-error.ts'
import { definePage } from './page.ts'

const invalid = (field: string, allowed: string): HttpError =>
  new HttpError(400, { code: 'invalid-request', message: `\`${field}\` has to be ${allowed}` })
const listNames = (names: readonly string[]): string => `one of ${names.map((name) => `\`${name}\``).join(', ')}`

/** What ends a mute besides a day, from the fields `bound` and `value`; a share is written in percent. */
function readBound(form: Readonly<Record<string, string | undefined>>, finding: Finding): Bound | undefined {
  const { bound, value = '' } = form
  if (!bound) return undefined
  if (bound !== 'above' && bound !== 'below') throw invalid('bound', listNames(['above', 'below']))
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (!Number.isFinite(number)) throw invalid('value', 'a number, as `120`')
  const limit = finding.format === 'percent' ? number / 100 : number
  const condition = bound === 'above' ? { above: limit } : { below: limit }
  const unfit = whyUnfit(condition, finding)
  if (unfit) throw new HttpError(400, { code: 'invalid-request', message: unfit })
  return condition
}

export const feedbackForm = definePage({
  method: 'POST',
  path: '/findings/:key/feedback',
  scope: 'read',
  async handle(context, { params, form, caller }) {
    const key = params.key ?? ''
    const label = feedbackLabels.find((name) => name === form.label)
    if (!label) throw invalid('label', listNames(feedbackLabels))
    const scope = form.scope ? muteScopes.find((name) => name === form.scope) : 'story'
    if (!scope) throw invalid('scope', listNames(muteScopes))
    const until = form.until || undefined
    if (until !== undefined && !z.iso.date().safeParse(until).success) throw invalid('until', 'a day, as `2026-12-31`')
    const finding = await findFinding(context.database, context.workspace, key)
    if (!finding) throw notFound('finding', key)
    const condition = label === 'mute' ? readBound(form, finding) : undefined
    await keepFeedback(context, finding, { label, by: caller.name, scope, until, condition })
    return { redirect: addresses.finding(key) }
  },
})

export const feedbackPage = definePage({
  method: 'GET',
  path: '/feedback',
  scope: 'read',
  async handle({ database, workspace }) {
    const all = await listFeedback(database, workspace)
    const said = all.filter(({ label }) => label !== openedLabel)
    const items = await Promise.all(
      said.map(async (one) => ({
        ...one,
        headline: (await findFinding(database, workspace, one.findingKey))?.headline,
      })),
    )
    return { html: renderFeedbackPage({ workspace, items, opened: all.length - said.length }) }
  },
})

export const undoFeedbackForm = definePage({
  method: 'POST',
  path: '/feedback/:id/undo',
  scope: 'read',
  async handle({ database, workspace }, { params }) {
    const id = Number(params.id)
    if (!Number.isSafeInteger(id) || !(await undoFeedback(database, workspace, id)))
      throw notFound('feedback', params.id ?? '')
    return { redirect: addresses.allFeedback() }
  },
})

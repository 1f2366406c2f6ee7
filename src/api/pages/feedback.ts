import { addresses } from '../../reports/addresses.ts'
import { insertFeedback } from '../../store/feedback.ts'
import { findFinding } from '../../store/findings.ts'
import { HttpError, notFound } from '../http-error.ts'
import { feedbackLabels } from '../routes/give-feedback.ts'
import { definePage } from './page.ts'

export const feedbackForm = definePage({
  method: 'POST',
  path: '/findings/:key/feedback',
  scope: 'read',
  async handle({ database, workspace }, { params, form, caller }) {
    const key = params.key ?? ''
    const label = feedbackLabels.find((name) => name === form.label)
    if (!label)
      throw new HttpError(400, {
        code: 'invalid-request',
        message: `\`label\` has to be one of ${feedbackLabels.map((name) => `\`${name}\``).join(', ')}`,
      })
    if (!(await findFinding(database, workspace, key))) throw notFound('finding', key)
    await insertFeedback(database, { workspace, findingKey: key, label, by: caller.name })
    return { redirect: addresses.finding(key) }
  },
})

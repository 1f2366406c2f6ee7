import { z } from 'zod'
import { isError, Rejection } from '../../base/diagnostic.ts'
import { describeError, Failure } from '../../base/failure.ts'
import { renderExplorePage } from '../../web/pages/explore.ts'
import { runForPage } from '../run-for-page.ts'
import { definePage } from './page.ts'

const examplesMax = 8
const textLengthMax = 20_000

export const explorePage = definePage({
  method: 'GET',
  path: '/explore',
  scope: 'ask',
  async handle(context, { query, signal }) {
    const { workspace, catalog } = context
    const text = (query.text ?? '').replaceAll('\r\n', '\n').slice(0, textLengthMax)
    const examples = Object.values(catalog.models)
      .flatMap(({ explorations }) => explorations)
      .slice(0, examplesMax)
    const view = { workspace, text, examples, diagnostics: [] }
    if (text.trim() === '') return { html: renderExplorePage(view) }
    try {
      const asOf = z.iso.date().safeParse(query.asOf).data
      return { html: renderExplorePage({ ...view, result: await runForPage(context, text, { asOf, signal }) }) }
    } catch (error) {
      if (error instanceof Rejection) {
        const diagnostics = error.diagnostics.filter(isError)
        return { html: renderExplorePage({ ...view, diagnostics }), status: 422 }
      }
      if (!(error instanceof Failure)) throw error
      const failure = { message: describeError(error), hint: error.hint }
      return { html: renderExplorePage({ ...view, failure }), status: 502 }
    }
  },
})

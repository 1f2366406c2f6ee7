/** An answer other than the wanted one, thrown where a request ends. */
export class HttpError extends Error {
  readonly status: number
  readonly code: string
  readonly hint: string | undefined

  constructor(status: number, problem: { readonly code: string; readonly message: string; readonly hint?: string }) {
    super(problem.message)
    this.name = 'HttpError'
    this.status = status
    this.code = problem.code
    this.hint = problem.hint
  }
}

/** 404 for a thing of ours. */
export const notFound = (what: string, id: string): HttpError =>
  new HttpError(404, { code: 'not-found', message: `there is no ${what} \`${id}\`` })

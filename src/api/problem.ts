import type { FastifyError } from 'fastify'
import { z } from 'zod'
import { type Diagnostic, isError, Rejection } from '../base/diagnostic.ts'
import { describeError, Failure } from '../base/failure.ts'
import { HttpError } from './http-error.ts'

const span = z.object({ start: z.number(), end: z.number() })

const diagnosticSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  hint: z.string().optional(),
  span: span.optional(),
  candidates: z.array(z.string()),
  fixes: z.array(z.object({ title: z.string(), span, text: z.string() })),
})

/** RFC 9457. `code`, `hint`, `candidates` and `span` are those of the first mistake; `diagnostics` holds all of them. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string(),
    code: z.string(),
    hint: z.string().optional(),
    candidates: z.array(z.string()).optional(),
    span: span.optional(),
    diagnostics: z.array(diagnosticSchema).optional(),
  })
  .meta({ id: 'Problem', description: 'What went wrong, as `application/problem+json` (RFC 9457).' })

export type Problem = z.infer<typeof problemSchema>

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Cannot be processed',
  429: 'Too many requests',
  500: 'Internal error',
  502: 'The warehouse or model failed',
  503: 'Not available',
  504: 'Took too long',
}

interface ProblemInput {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly hint?: string | undefined
  readonly diagnostics?: readonly Diagnostic[]
}

const toWire = ({ source: _, ...diagnostic }: Diagnostic) => ({
  ...diagnostic,
  candidates: [...diagnostic.candidates],
  fixes: [...diagnostic.fixes],
})

function writeProblem({ status, code, detail, hint, diagnostics }: ProblemInput): Problem {
  const first = diagnostics?.find(isError) ?? diagnostics?.[0]
  return {
    type: `urn:hunch:problem:${code}`,
    title: titles[status] ?? 'Error',
    status,
    detail,
    code,
    ...(hint === undefined ? {} : { hint }),
    ...(first ? { candidates: [...first.candidates], ...(first.span ? { span: first.span } : {}) } : {}),
    ...(diagnostics ? { diagnostics: diagnostics.map(toWire) } : {}),
  }
}

/** Somebody else's fault, too slow, or away. */
function readFailureStatus({ code, retry }: Failure): number {
  if (code.endsWith('-timeout')) return 504
  if (code.endsWith('-unreachable')) return 503
  return retry ? 503 : 502
}

export function writeRejection(diagnostics: readonly Diagnostic[], status = 422): Problem {
  const first = diagnostics.find(isError) ?? diagnostics[0]
  return writeProblem({
    status,
    code: first?.code ?? 'rejected',
    detail: first?.message ?? 'the input was rejected',
    hint: first?.hint,
    diagnostics,
  })
}

/** Anything that was thrown, as a problem. A bug says nothing of itself: its message goes to the log only. */
export function describeProblem(error: unknown): Problem {
  if (error instanceof Rejection) return writeRejection(error.diagnostics)
  if (error instanceof HttpError)
    return writeProblem({ status: error.status, code: error.code, detail: error.message, hint: error.hint })
  if (error instanceof Failure)
    return writeProblem({
      status: readFailureStatus(error),
      code: error.code,
      detail: describeError(error),
      hint: error.hint,
    })
  const { statusCode, code, validation, validationContext } = error as Partial<FastifyError> & {
    validationContext?: string
  }
  if (validation)
    return writeProblem({
      status: 400,
      code: 'invalid-request',
      detail: validation.map(({ message }) => message).join('; '),
      hint: `Compare the ${validationContext ?? 'request'} with /v1/openapi.json.`,
    })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return writeProblem({
      status: statusCode,
      code:
        statusCode === 429
          ? 'too-many-requests'
          : (code ?? 'bad-request')
              .toLowerCase()
              .replace(/^fst_(err_)?/, '')
              .replaceAll('_', '-'),
      detail: describeError(error).replace(/^\p{Lu}/u, (letter) => letter.toLowerCase()),
    })
  return writeProblem({
    status: 500,
    code: 'bug',
    detail: 'something went wrong that should not have',
    hint: 'The log of the server says more.',
  })
}

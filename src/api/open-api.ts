import { z } from 'zod'
import { problemSchema } from './problem.ts'
import type { Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

const version = '0.1.0'

/** Status → what it means, for every call; `POST` and `DELETE` of a body may also be 422. */
const problems: Readonly<Record<number, string>> = {
  400: 'The request does not have the shape that is described here',
  401: 'No valid API key',
  403: 'The key does not allow this',
  404: 'There is no such thing',
  422: 'What was written is wrong: `diagnostics` says where and how to mend it',
  429: 'Too many requests',
  503: 'The warehouse, store or queue cannot be reached',
}

const tags = {
  questions: 'Text to query',
  explorations: 'The exploration language',
  findings: 'What the engine found',
  cycles: 'Passes of the engine',
  catalog: 'What there is',
  digests: 'Mails, and who gets them',
  operation: 'For those who run it',
} as const

/** The JSON schema of a shape; shapes with an id become named schemas that others refer to. */
function describeShape(schema: z.ZodType, io: 'input' | 'output', named: Map<string, Json>): Json {
  const {
    $defs,
    $schema: _,
    ...json
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
  }) as Json & { $defs?: Readonly<Record<string, Json>> }
  const move = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(move)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, inner]) => {
        if (name === 'id' && typeof inner === 'string') return []
        return [
          [
            name,
            name === '$ref' && typeof inner === 'string'
              ? inner.replace('#/$defs/', '#/components/schemas/')
              : move(inner),
          ],
        ]
      }),
    )
  }
  for (const [name, definition] of Object.entries($defs ?? {})) named.set(name, move(definition) as Json)
  const id = schema.meta()?.id
  if (id === undefined) return move(json) as Json
  named.set(id, move(json) as Json)
  return { $ref: `#/components/schemas/${id}` }
}

function describeParameters(route: Route): readonly Json[] {
  const list = (schema: z.ZodType | undefined, place: 'path' | 'query') => {
    const { properties = {}, required = [] } = schema
      ? (z.toJSONSchema(schema, { io: 'input' }) as { properties?: Record<string, Json>; required?: string[] })
      : {}
    return Object.entries(properties).map(([name, { description, ...property }]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: property,
    }))
  }
  const isIdempotent = route.method === 'POST' && route.path === '/v1/questions'
  const header = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }
  return [...list(route.params, 'path'), ...list(route.query, 'query'), ...(isIdempotent ? [header] : [])]
}

function describeRoute(route: Route, named: Map<string, Json>): Json {
  const responses = Object.entries(route.responses).map(([status, { description, schema }]) => [
    status,
    {
      description,
      ...(schema ? { content: { 'application/json': { schema: describeShape(schema, 'output', named) } } } : {}),
    },
  ])
  const isOpen = route.scope === 'none'
  const failing = Object.entries(problems).filter(
    ([status]) => !(isOpen && status !== '429') && !(status in route.responses) && !(status === '422' && !route.body),
  )
  const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^a-z]+(.)?/gi, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')}`,
    tags: [route.tag],
    summary: route.summary,
    ...(isOpen ? { security: [] } : { description: `Needs a key with the scope \`${route.scope}\`.` }),
    parameters: describeParameters(route),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: describeShape(route.body, 'input', named) } },
          },
        }
      : {}),
    responses: Object.fromEntries([
      ...responses,
      ...failing.map(([status, description]) => [status, { description, content: problem }]),
    ]),
  }
}

/** The OpenAPI 3.1 document of the API: made of the same shapes that requests are checked against, so it cannot be out of date. */
export function writeOpenApi(routes: readonly Route[], serverUrl: string): Json {
  const named = new Map<string, Json>()
  describeShape(problemSchema, 'output', named)
  const paths: Record<string, Record<string, Json>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route, named) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Hunch', version, description: 'Questions, explorations, findings and digests of one workspace.' },
    servers: [{ url: serverUrl }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'An API key: `hunch keys add <name>`.' } },
      schemas: Object.fromEntries([...named].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  }
}

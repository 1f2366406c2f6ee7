import { defineRoute } from '../route.ts'

export const metrics = defineRoute({
  method: 'GET',
  path: '/metrics',
  scope: 'read',
  tag: 'operation',
  summary: 'Counters for Prometheus: requests, queues, the process.',
  responses: { 200: { description: 'Prometheus text format' } },
  async handle({ metrics: registry }) {
    return { headers: { 'content-type': registry.contentType }, body: await registry.metrics() }
  },
})

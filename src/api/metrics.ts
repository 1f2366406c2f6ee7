import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ApiContext } from './api-context.ts'

/** Seconds. */
const buckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const states = ['waiting', 'active', 'delayed', 'failed'] as const

/** Counts requests by route, method and status, and jobs by queue and state. Routes are patterns, so that no id becomes a label. */
export function registerMetrics(server: FastifyInstance, context: ApiContext): Registry {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry, prefix: 'hunch_' })
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({
    name: 'hunch_http_requests_total',
    help: 'HTTP requests answered',
    labelNames,
    registers,
  })
  const seconds = new Histogram({
    name: 'hunch_http_request_seconds',
    help: 'Time to answer an HTTP request',
    labelNames: ['method', 'route'] as const,
    buckets,
    registers,
  })
  new Gauge({
    name: 'hunch_jobs',
    help: 'Jobs by queue and state',
    labelNames: ['queue', 'state'] as const,
    registers,
    async collect() {
      for (const queue of context.queues.list) {
        const counts = await queue.getJobCounts(...states)
        for (const state of states) this.set({ queue: queue.name, state }, counts[state] ?? 0)
      }
    },
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    requests.inc({ method: request.method, route, status: String(reply.statusCode) })
    seconds.observe({ method: request.method, route }, reply.elapsedTime / 1000)
  })
  server.addHook('onClose', async () => registry.clear())
  return registry
}

import { defineConfig } from 'vitest/config'

/**
 * One project a kind of need; the suffix of a test file says what it needs. Suites that need a server start it themselves or
 * fail: nothing is skipped silently.
 */
const needs = ['pg', 'mysql', 'clickhouse', 'redis', 'smtp', 'browser', 'journey'] as const
const project = (name: string, include: string[], exclude: string[] = [], options = {}) => ({
  test: {
    name,
    include,
    exclude: ['**/node_modules/**', ...exclude],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    ...options,
  },
})

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project(
        'unit',
        ['src/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts'],
        needs.map((need) => `**/*.${need}.test.ts`),
      ),
      ...needs.map((need) =>
        project(need, [`src/**/*.${need}.test.ts`, `tests/**/*.${need}.test.ts`], [], {
          testTimeout: 120_000,
          hookTimeout: 120_000,
        }),
      ),
    ],
  },
})

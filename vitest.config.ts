import { defineConfig } from 'vitest/config'

/**
 * One project a kind of need; the suffix of a test file says what it needs. Suites that need a server start it themselves or
 * fail: nothing is skipped silently. Where `CI` is set, a test that talks to a server is tried twice, and named when it needed both.
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
    // `scripts/run-tests.ts` reads the numbers of tests from the file.
    reporters: [
      'default',
      './scripts/report-second-tries.ts',
      ...(process.env.TEST_REPORT ? [['json', { outputFile: process.env.TEST_REPORT }] as ['json', object]] : []),
    ],
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
          retry: process.env.CI ? 1 : 0,
        }),
      ),
    ],
  },
})

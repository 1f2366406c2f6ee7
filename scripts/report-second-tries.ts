import type { Reporter, TestCase } from 'vitest/node'

/**
 * Names every test that failed at first and passed when it was tried again, after the summary: a second try lets a check end, and must
 * never hide that a test depends on how busy the machine is.
 */
export default class SecondTries implements Reporter {
  readonly #names: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.relativeModuleId} > ${test.fullName}`)
  }

  onTestRunEnd(): void {
    for (const name of this.#names) console.log(`passed at the second try only: ${name}`)
  }
}

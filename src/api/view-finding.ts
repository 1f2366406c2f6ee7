import type { Finding } from '../findings/finding.ts'
import { addresses } from '../reports/addresses.ts'

/** A finding as the API gives it: with the address of its page. */
export const viewFinding = (finding: Finding, webUrl: string) => ({
  ...finding,
  url: webUrl + addresses.finding(finding.key),
})

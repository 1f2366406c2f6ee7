import { accumulate } from './random.ts'

/** What the sample company sells, to whom, and in which proportions. */
const weigh = <T extends string>(entries: Readonly<Record<T, number>>) => ({
  words: Object.keys(entries) as T[],
  cumulative: accumulate(Object.values(entries)),
})

export const sources = weigh({ paid_search: 30, organic: 27, referral: 14, content: 12, partner: 9, outbound: 8 })

export const countries = weigh({ US: 30, DE: 15, GB: 12, FR: 9, EE: 7, FI: 6, SE: 6, NL: 6, ES: 5, PL: 4 })

export const industries = weigh({
  software: 30,
  retail: 20,
  finance: 14,
  healthcare: 12,
  education: 12,
  manufacturing: 12,
})

export const plans = weigh({ starter: 46, team: 32, business: 16, enterprise: 6 })

/** By plan, in the order above. */
export const planFacts = [
  { price: 29, seats: 3, users: 2, sessions: 0.04, monthlyChurn: 0.05, annual: 0.1 },
  { price: 89, seats: 8, users: 4, sessions: 0.08, monthlyChurn: 0.03, annual: 0.2 },
  { price: 290, seats: 25, users: 8, sessions: 0.15, monthlyChurn: 0.018, annual: 0.4 },
  { price: 1200, seats: 120, users: 18, sessions: 0.34, monthlyChurn: 0.009, annual: 0.7 },
] as const

export const methods = weigh({ card: 64, sepa: 16, paypal: 9, bank_transfer: 11 })
/** Chance that a charge fails, in the order above. A transfer cannot fail, it is late. */
export const failureRates = [0.04, 0.02, 0.03, 0] as const

export const roles = weigh({ member: 70, admin: 12, viewer: 18 })

export const platforms = weigh({ web: 68, ios: 14, android: 10, api: 8 })

/** What people do in a session after they logged in. */
export const actions = weigh({
  report_viewed: 34,
  report_created: 12,
  project_created: 8,
  comment_added: 16,
  export_run: 9,
  integration_synced: 11,
  invite_sent: 4,
  settings_changed: 6,
})

export const categories = weigh({ how_to: 34, bug: 22, integration: 18, billing: 16, access: 10 })
/** Median hours until the first answer, in the order above. */
export const responseHours = [3, 2, 4, 2.5, 1.5] as const
export const priorities = weigh({ low: 25, normal: 55, high: 16, urgent: 4 })
export const channels = weigh({ email: 52, chat: 38, phone: 10 })

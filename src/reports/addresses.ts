import type { FeedbackLabel } from '../findings/tell/hear-feedback.ts'

/** Paths of the pages: what links point to and routes answer. Mail puts the workspace's `webUrl` before them. */
const encode = encodeURIComponent

function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encode(value)}`],
  )
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

export const addresses = {
  inbox: (filter: { state?: string; metric?: string; cursor?: string } = {}) => withQuery('/', filter),
  /** `feedback` comes from the links in mail: the page asks to confirm it, since mail scanners follow links. */
  finding: (key: string, feedback?: FeedbackLabel) => withQuery(`/findings/${encode(key)}`, { feedback }),
  findingSteps: (key: string) => `/findings/${encode(key)}#steps`,
  /** POST. Form fields: none. */
  rerun: (key: string) => `/findings/${encode(key)}/rerun`,
  /** POST. Form fields: `label`, a `FeedbackLabel`; of a mute `scope` and `until`. */
  feedback: (key: string) => `/findings/${encode(key)}/feedback`,
  allFeedback: () => '/feedback',
  /** POST. Form fields: none. */
  undoFeedback: (id: number) => `/feedback/${id}/undo`,
  /** GET, form field `text` (and `asOf`): shows and runs it. */
  explore: (text?: string) => withQuery('/explore', { text }),
  /** GET, form field `question`: asks it. */
  ask: (question?: string) => withQuery('/ask', { question }),
  /** POST. Form fields: `text`, `title`. GET lists what is watched. */
  watches: () => '/watches',
  /** POST. Form fields: none. */
  stopWatch: (id: string) => `/watches/${encode(id)}/stop`,
  cycles: () => '/cycles',
  cycle: (id: string) => `/cycles/${encode(id)}`,
  digests: () => '/digests',
  digest: (id: string) => `/digests/${encode(id)}`,
  /** The mail as it was sent, images inline; shown in a frame of the digest page. */
  digestMail: (id: string) => `/digests/${encode(id)}/mail`,
  outbox: () => '/outbox',
  outboxFile: (name: string) => `/outbox/${encode(name)}`,
  catalog: () => '/catalog',
  settings: () => '/settings',
  queues: () => '/queues',
  /** GET shows a button, POST leaves (RFC 8058 posts `List-Unsubscribe=One-Click`). */
  unsubscribe: (token: string) => `/unsubscribe/${encode(token)}`,
  style: () => '/assets/style.css',
} as const

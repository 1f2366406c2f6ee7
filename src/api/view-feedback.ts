import type { Feedback } from '../store/feedback.ts'

/** A reader's word as the API gives it. */
export const viewFeedback = ({ id, findingKey, label, by, note, scope, until, condition, createdAt }: Feedback) => ({
  id,
  finding: findingKey,
  label,
  by,
  createdAt,
  ...(note && { note }),
  ...(scope && { scope }),
  ...(until && { until }),
  ...(condition && { condition: 'above' in condition ? { above: condition.above } : { below: condition.below } }),
})

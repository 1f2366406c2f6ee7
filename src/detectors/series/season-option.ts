import { z } from 'zod'

/** The option of every detector that knows seasons. */
export const seasonOption = z
  .int()
  .min(0)
  .max(400)
  .default(0)
  .describe('Points a season; 0 takes what the grain suggests.')

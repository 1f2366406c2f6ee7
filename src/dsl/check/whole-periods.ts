import { type Grain, grains } from '../../base/periods.ts'

/** Whether a stretch of `unit` is made of whole periods of `grain`. */
export const isWhole = (unit: Grain, grain: Grain): boolean =>
  grains.indexOf(unit) >= grains.indexOf(grain) && (grain !== 'week' || unit === 'week')

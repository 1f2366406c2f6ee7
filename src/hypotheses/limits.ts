/**
 * How much a cycle looks at, stated in one place. Each limit keeps an honest count of what it leaves out (`withheld` of the cycle).
 */

/** Days of history a daily test looks back on: a year and a month, so that last year's season is seen once. */
export const historyDays = 400
/** Weeks of history a weekly test looks back on. */
export const historyWeeks = 156
/** Fewest rows a day of a whole table for daily periods; a table with fewer is judged by the week. */
export const rowsPerDayMin = 5
/** Fewest full days of data before anything is asked of a table. */
export const historyDaysMin = 28
/** Most values of a field that is cut by alone, and most combinations of two fields that are cut by together. */
export const valuesMax = 500
export const combinationsMax = 400
/** Fewest rows a period, on average, that a slice needs; and the least share of the whole. */
export const sliceRowsMin = 1
export const sliceShareMin = 0.01
/**
 * The least share of a slice with so many rows a period that a change by a third stands out of one period by itself: a share says how much
 * a slice matters, its rows how well it is known, and of a large table a small part is known well.
 */
export const busySliceShareMin = 0.005
export const busySliceRowsMin = 50
/** A slice that holds more of its parent's rows than this is the parent, and is not asked about again. */
export const sliceShareMax = 0.95
/** Most pairs of whole metrics of one grain of which it is asked whether one moves before the other. */
export const metricPairsMax = 300
/** Most hypotheses that a language model adds in one cycle. */
export const suggestionsNewMax = 4
/** Days whose cycles ask a suggested hypothesis: the day of its suggestion and those after; as many again since it was last told. */
export const suggestionCycles = 5
/** Most suggested hypotheses that a cycle asks; those that were told go first, then the newest. */
export const suggestionsMax = 20
/** Days for which a suggestion is refused that was made before. */
export const suggestionRestDays = 90

/**
 * What texts must look like to be read as something else, in the words that all engines' regular expressions share, and without question
 * marks, which are placeholders on some. None of them comes from a text of somebody.
 */

/** At most 30 digits on each side and two in the exponent: within what floating point holds. */
export const numberPattern =
  '^ *[+-]{0,1}([0-9]{1,30}([.][0-9]{0,30}){0,1}|[.][0-9]{1,30})([eE][+-]{0,1}[0-9]{1,2}){0,1} *$'

const day = '[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])'

/** A day from the year 1000, alone or with a time behind it. */
export const datePattern = `^${day}([T ]|$)`

const clock = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6}){0,1}){0,1}'

/** A day, and maybe a time of day in UTC. */
export const timestampPattern = `^${day}([T ]${clock}Z{0,1}){0,1}$`

/** Engines that the compiler writes SQL for. */
export type DialectName = 'duckdb' | 'postgres'

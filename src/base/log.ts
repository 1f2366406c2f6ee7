type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void

/** What parts log through; `app.ts` gives a pino instance, tests a silent one. Fields never hold secrets or rows. */
export interface Log {
  readonly debug: Write
  readonly info: Write
  readonly warn: Write
  readonly error: Write
}

const ignore: Write = () => undefined
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }

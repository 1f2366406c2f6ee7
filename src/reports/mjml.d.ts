declare module 'mjml' {
  interface Result {
    readonly html: string
    readonly errors: readonly { readonly formattedMessage: string }[]
  }
  interface Options {
    readonly validationLevel?: 'strict' | 'soft' | 'skip'
    readonly ignoreIncludes?: boolean
    readonly keepComments?: boolean
    readonly fonts?: Readonly<Record<string, string>>
  }
  export default function render(markup: string, options?: Options): Promise<Result>
}

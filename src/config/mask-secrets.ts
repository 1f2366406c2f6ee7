/**
 * The text with passwords and keys struck out, letter for letter, so that places in it stay what they are: code frames show
 * lines of `hunch.yaml`, and somebody may have written a secret there instead of `${NAME}`.
 */
export function maskSecrets(text: string): string {
  const strike = (secret: string) => (/^["']?\$\{[^}]*\}["']?$/.test(secret) ? secret : '*'.repeat(secret.length))
  return text
    .replace(/(:\/\/)([^\s"'`]+)(?=@)/g, (_, slashes: string, secret: string) => slashes + strike(secret))
    .replace(/(\?)([^\s"'#]+)/g, (_, mark: string, secret: string) => mark + strike(secret))
    .replace(
      /(\b(?:api_?key|password|secret|token)["']?\s*:\s*)("[^"\n]*"|'[^'\n]*'|[^\s,}]+)/gi,
      (_, key: string, secret: string) => key + strike(secret),
    )
}

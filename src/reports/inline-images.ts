/** A mail's HTML for a browser: `cid:` addresses become data addresses. */
export function inlineImages(
  html: string,
  images: readonly { readonly cid: string; readonly pngBase64: string }[],
): string {
  return images.reduce(
    (shown, { cid, pngBase64 }) => shown.replaceAll(`cid:${cid}`, `data:image/png;base64,${pngBase64}`),
    html,
  )
}

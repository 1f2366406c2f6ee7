import { crc32, deflateSync } from 'node:zlib'

const colorsMax = 64

/** The most frequent colours, packed as 0xRRGGBB, and for every colour that occurs the place of its nearest among them. */
function choosePalette(pixels: Uint8Array): { palette: readonly number[]; indexOf: ReadonlyMap<number, number> } {
  const counts = new Map<number, number>()
  for (let at = 0; at < pixels.length; at += 4) {
    const color = packColor(pixels, at)
    counts.set(color, (counts.get(color) ?? 0) + 1)
  }
  const palette = [...counts]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, colorsMax)
    .map(([color]) => color)
  return { palette, indexOf: new Map([...counts.keys()].map((color) => [color, findNearest(palette, color)])) }
}

const packColor = (pixels: Uint8Array, at: number): number =>
  ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0)

function findNearest(palette: readonly number[], color: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, candidate] of palette.entries()) {
    const red = (candidate >> 16) - (color >> 16)
    const green = ((candidate >> 8) & 255) - ((color >> 8) & 255)
    const blue = (candidate & 255) - (color & 255)
    const distance = red * red + green * green + blue * blue
    if (distance < least) {
      least = distance
      best = index
    }
  }
  return best
}

function writeChunk(name: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(data.length, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}

/**
 * Opaque RGBA pixels as a PNG with a palette of at most 64 colours: a chart has few, so that it looks the same at a quarter of the
 * size. Alpha is ignored.
 */
export function encodePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const { palette, indexOf } = choosePalette(pixels)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const lines = Buffer.alloc((width + 1) * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      lines[row * (width + 1) + 1 + column] = indexOf.get(packColor(pixels, (row * width + column) * 4)) ?? 0
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    writeChunk('IHDR', header),
    writeChunk('PLTE', Uint8Array.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    writeChunk('IDAT', deflateSync(lines, { level: 9 })),
    writeChunk('IEND', new Uint8Array()),
  ])
}

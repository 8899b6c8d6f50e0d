/** A path of git is bytes, and whoever may push chooses them: those that are no text stand for themselves, beyond what text has. */
const BEYOND = 0xdc00

/** A path as text; each byte above 127 of one that is no UTF-8 becomes half of a pair that text never has alone. */
export function readPath(bytes: Buffer): string {
  const text = bytes.toString()
  if (!text.includes('\uFFFD') || Buffer.from(text).equals(bytes)) return text
  return Array.from(bytes, (byte) => String.fromCharCode(byte < 128 ? byte : BEYOND + byte)).join('')
}

/** A path as git-fast-import(1) takes it: in quotes of C, and each byte of what is not seen in octal digits. */
export function quotePath(path: string): string {
  const quoted = path.replace(/["\\]|\p{C}/gu, (one) =>
    Array.from(bytesOf(one), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  )
  return `"${quoted}"`
}

function bytesOf(character: string): Iterable<number> {
  const byte = character.charCodeAt(0) - BEYOND
  return character.length === 1 && byte >= 128 && byte < 256 ? [byte] : Buffer.from(character)
}

// As much of protobuf's wire format as a question to Argo CD's repo-server needs
// (https://protobuf.dev/programming-guides/encoding/): fields with a length, and flags.

const VARINT = 0
const LENGTH = 2

/** A message of these fields. */
export const bytesOf = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields)

/** A text, or a message within a message. */
export function field(number: number, content: string | Buffer): Buffer {
  const bytes = Buffer.from(content)
  return bytesOf(varint((number << 3) | LENGTH), varint(bytes.length), bytes)
}

export const flag = (number: number, value: boolean): Buffer =>
  bytesOf(varint((number << 3) | VARINT), varint(Number(value)))

/** The texts of a repeated field. */
export function readStrings(message: Buffer, number: number): string[] {
  const texts: string[] = []
  let at = 0
  const readVarint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = message[at++] ?? 0
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const tag = readVarint()
    const value = readVarint()
    const type = tag & 7
    if (type === VARINT) continue
    if (type !== LENGTH) throw new Error(`a field of wire type ${type}`)
    if (tag >> 3 === number) texts.push(message.subarray(at, at + value).toString())
    at += value
  }
  return texts
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128)
  return Buffer.from([...bytes, value])
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitLines } from './split-lines.ts'

describe(splitLines, () => {
  it('gives the same lines however the stream is cut, even inside a character', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\n', ' '))
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(50)), (lines, cuts) => {
        const stream = Buffer.from(lines.map((text) => `${text}\n`).join(''))
        const found: string[] = []
        const onPiece = splitLines((text) => found.push(text))
        let at = 0
        for (const cut of cuts) {
          onPiece(stream.subarray(at, at + cut))
          at = Math.min(at + cut, stream.length)
        }
        onPiece(stream.subarray(at))
        expect(found).toEqual(lines)
      }),
    )
  })

  it('keeps a line back until it ends', () => {
    const found: string[] = []
    splitLines((text) => found.push(text))(Buffer.from('whole\nbegun'))
    expect(found).toEqual(['whole'])
  })
})

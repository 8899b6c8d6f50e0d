const LINE_END = 0x0a

/** Takes pieces of a stream and calls back with every complete line, without its end. Lines may be megabytes long. */
export function splitLines(onLine: (line: string) => void): (piece: Buffer) => void {
  let begun: Buffer[] = []
  return (piece) => {
    let start = 0
    for (let end = piece.indexOf(LINE_END); end !== -1; end = piece.indexOf(LINE_END, start)) {
      const rest = piece.subarray(start, end)
      onLine(begun.length === 0 ? rest.toString('utf8') : Buffer.concat([...begun, rest]).toString('utf8'))
      begun = []
      start = end + 1
    }
    if (start < piece.length) begun.push(piece.subarray(start))
  }
}

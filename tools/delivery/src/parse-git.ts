import { readPath } from './path-bytes.ts'

/** How git has what is in a tree. */
export const MODES = { file: '100644', program: '100755', link: '120000', submodule: '160000' }

/** A line of a tree. */
export interface TreeEntry {
  path: string
  /** One of MODES. */
  mode: string
  /** What it is called by its content. */
  id: string
  /** Bytes, where git was asked for them (`--long`) and it is a file. */
  size?: number
}

/** What `git ls-tree -r -z` says, in bytes; with `--long` or without. */
export function parseTree(output: Uint8Array): TreeEntry[] {
  return splitZero(Buffer.from(output)).flatMap((bytes) => {
    const [, mode = '', id = '', size, path] =
      /^(\d+) \w+ ([0-9a-f]+)(?: +(\d+|-))?\t(.*)$/s.exec(readPath(bytes)) ?? []
    if (path === undefined) return []
    return [{ path, mode, id, ...(size !== undefined && size !== '-' && { size: Number(size) }) }]
  })
}

/**
 * What `git cat-file --batch` says of so many objects, in their order. Each answer is `<id> blob <bytes>`, a line break, the bytes,
 * a line break; lengths count bytes.
 */
export function parseBatch(output: Uint8Array, count: number): Buffer[] {
  let rest = Buffer.from(output)
  return Array.from({ length: count }, () => {
    const end = rest.indexOf('\n')
    const size = Number(rest.subarray(0, end).toString().split(' ')[2])
    const content = rest.subarray(end + 1, end + 1 + size)
    rest = rest.subarray(end + 2 + size)
    return content
  })
}

/** Each of what a zero ends. */
function splitZero(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = []
  let start = 0
  for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
    parts.push(bytes.subarray(start, end))
    start = end + 1
  }
  return parts
}

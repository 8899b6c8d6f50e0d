/** What a go.mod file says, as far as the toolchain needs it. */
export interface GoMod {
  module: string
  /** The least Go version, such as `1.26.0`. */
  go: string
  /** Package paths of the `tool` lines, in order. */
  tools: string[]
  /** Required modules in order; `indirect` as commented in the file. */
  requires: { path: string; version: string; indirect: boolean }[]
}

/** Read the text of a go.mod file that the go command wrote (`go mod tidy`): one directive or block a line. */
export function parseGoMod(text: string): GoMod {
  const mod: GoMod = { module: '', go: '', tools: [], requires: [] }
  let block = ''
  for (const line of text.split('\n')) {
    const [code = '', comment = ''] = line.split('//', 2)
    const words = code.trim().split(/\s+/)
    if (words[0] === ')') block = ''
    else if (words[1] === '(') block = words[0] ?? ''
    else if (block !== '') read(mod, [block, ...words], comment)
    else read(mod, words, comment)
  }
  return mod
}

function read(mod: GoMod, [directive, first = '', second = '']: string[], comment: string): void {
  if (first === '') return
  if (directive === 'module') mod.module = first
  if (directive === 'go') mod.go = first
  if (directive === 'tool') mod.tools.push(first)
  if (directive === 'require')
    mod.requires.push({ path: first, version: second, indirect: comment.trim() === 'indirect' })
}

/**
 * The module that a folder exists for: the one that holds its first tool, else its first direct requirement.
 * The longest path wins, since modules nest (`go.etcd.io/etcd/server/v3` is not `go.etcd.io/etcd/v3`).
 */
export function pinnedModule({ tools, requires }: GoMod): { path: string; version: string } | undefined {
  const [tool] = tools
  if (tool === undefined) return requires.find(({ indirect }) => !indirect)
  return requires
    .filter(({ path }) => tool === path || tool.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length)[0]
}

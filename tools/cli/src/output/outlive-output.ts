import type { Finding } from '@opencore/contract/findings'

/** Commands that change nothing: whoever closed their output has seen enough (`opencore render | head`). */
const READERS: ReadonlySet<string> = new Set([
  'complete',
  'completion',
  'diff',
  'doctor',
  'explain',
  'graph',
  'history',
  'render',
  'status',
  'verify',
])

type Stream = Pick<NodeJS.WriteStream, 'on'>

/**
 * What becomes of a command whose output cannot be written. A reader ends, since nobody listens. Whoever writes files or refs goes
 * on: it would stop at any point, and its exit code would say nothing of that.
 * @param end ends a reader; what is lost otherwise than by closing is said afterwards
 * @returns what to say of it, once the command is done
 */
export function outliveOutput(
  argv: readonly string[],
  streams: readonly Stream[],
  end: () => void,
): () => Finding | undefined {
  const command = argv.find((word) => !word.startsWith('-')) ?? ''
  let lost: NodeJS.ErrnoException | undefined
  for (const stream of streams)
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') lost = error
      else if (READERS.has(command)) end()
    })
  return () => lost && unwritten(command, lost)
}

const unwritten = (command: string, { code = '', message }: NodeJS.ErrnoException): Finding => ({
  code: 'OUTPUT_LOST',
  severity: 'error',
  at: { file: `opencore ${command}` },
  found: `what it printed could not be written (${code || message})`,
  wanted: 'an output that takes what is printed; what the command does beside that is done',
  next: 'make room there, then run the command again: what is done already stays as it is',
})

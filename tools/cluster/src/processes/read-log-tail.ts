import { readFile } from 'node:fs/promises'

/** The last lines of a log that say something, for an error message. */
export async function readLogTail(file: string, lines = 8): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-lines)
    .map((line) => line.slice(0, 400))
    .join('\n')
}

import { execa } from 'execa'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'

/** A git repository of one commit with these files, which a web server on loopback gives to whoever asks. */
export async function serveGit(
  files: Readonly<Record<string, string>>,
): Promise<{ url: string; commit: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-served-'))
  const work = join(folder, 'work')
  await mkdir(work)
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost', ...args], { cwd: work })
  await git('init', '--quiet', '--initial-branch=main')
  for (const [name, text] of Object.entries(files)) await writeFile(join(work, name), text)
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'brought')
  const { stdout: commit } = await git('rev-parse', 'HEAD')
  await git('clone', '--quiet', '--bare', '.', join(folder, 'other.git'))
  // What a server that knows nothing of git needs.
  await git('--git-dir', join(folder, 'other.git'), 'update-server-info')
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    createReadStream(join(folder, normalize(pathname)))
      .on('error', () => response.writeHead(404).end())
      .pipe(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/other.git`,
    commit,
    stop: async () => {
      server.close()
      await rm(folder, { recursive: true })
    },
  }
}

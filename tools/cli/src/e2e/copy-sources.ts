import { execa } from 'execa'
import { existsSync } from 'node:fs'
import { appendFile, cp, mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { root, type Outcome } from './opencore.ts'

/** Give a copied workspace sources of its own, committed: what runs in it is made of them and of nothing else. */
export async function copySources(folder: string): Promise<(...args: string[]) => Promise<Outcome>> {
  await rm(join(folder, 'node_modules'))
  const ours = ['bin', 'scripts', 'tools', 'package.json', 'package-lock.json', 'tsconfig.base.json']
  for (const name of ours)
    await cp(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => !/\/(node_modules|fixtures)$/.test(path),
    })
  // Packages are links to those of this checkout, but for our own, which are links from here anyway.
  await mkdir(join(folder, 'node_modules'))
  for (const name of await readdir(join(root, 'node_modules')))
    if (name !== '@opencore') await link(folder, `node_modules/${name}`)
  await cp(join(root, 'node_modules/@opencore'), join(folder, 'node_modules/@opencore'), {
    recursive: true,
    verbatimSymlinks: true,
  })
  for (const name of await readdir(join(root, 'tools')))
    if (existsSync(join(root, 'tools', name, 'node_modules')))
      await link(folder, `tools/${name}/node_modules`)
  await appendFile(join(folder, '.gitignore'), 'dist\n')
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost', ...args], { cwd: folder })
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'sources')
  return async (...args) => {
    const { exitCode, stdout, stderr } = await execa(
      process.execPath,
      [join(folder, 'bin/opencore.mjs'), ...args],
      { cwd: folder, env: { NO_COLOR: '1' }, reject: false, stdin: 'ignore' },
    )
    return { exitCode, stdout, stderr }
  }
}

async function link(folder: string, path: string): Promise<void> {
  await symlink(join(root, path), join(folder, path))
}

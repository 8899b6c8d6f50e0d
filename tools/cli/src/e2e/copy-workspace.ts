import { judgeFolder, stopJudge } from '@opencore/cluster'
import { execa } from 'execa'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './opencore.ts'

/** A checkout to be changed at will: this one's charts, environments and generated tree, committed on `main`. */
export async function copyWorkspace(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-workspace-'))
  const git = (...args: string[]) =>
    execa('git', ['-c', 'user.name=tester', '-c', 'user.email=tester@localhost', ...args], { cwd: folder })
  for (const name of ['environments', 'charts', 'argocd', '.github/CODEOWNERS', '.prettierrc.json'])
    await cp(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => !path.endsWith('node_modules'),
    })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, '.gitignore'), 'node_modules\n.opencore\n')
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'start')
  return {
    folder,
    remove: async () => {
      await stopJudge(judgeFolder(folder))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

import type { ImageSpec } from '@opencore/images'
import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const NOBODY = '65532:65532'
/** The same bytes make the same archive, whenever it is made and whoever makes it. */
const SAME = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=ustar']

/**
 * Write an image as an archive that containerd imports: one layer, its configuration and a manifest, in the form of
 * `docker save`. No builder and no registry is needed.
 */
export async function makeImage(spec: ImageSpec, target: string): Promise<void> {
  const work = `${target}.work`
  await writeFiles(spec, join(work, 'root'))
  const layer = join(work, 'layer.tar')
  const roots = [...(spec.root === undefined ? [] : [spec.root]), join(work, 'root')]
  await execa('tar', [...SAME, '-cf', layer, ...roots.flatMap((root) => ['-C', root, '.'])])
  const digest = createHash('sha256')
    .update(await readFile(layer))
    .digest('hex')
  const configuration = {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: {
      Entrypoint: spec.entrypoint,
      Cmd: spec.command,
      User: spec.user ?? NOBODY,
      Labels: spec.labels,
      Env: Object.entries(spec.environment ?? {}).map(([name, value]) => `${name}=${value}`),
    },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
  }
  const manifest = [{ Config: 'config.json', RepoTags: [spec.name], Layers: ['layer.tar'] }]
  await writeFile(join(work, 'config.json'), JSON.stringify(configuration))
  await writeFile(join(work, 'manifest.json'), JSON.stringify(manifest))
  await execa('tar', [...SAME, '-C', work, '-cf', target, 'manifest.json', 'config.json', 'layer.tar'])
  await rm(work, { recursive: true })
}

async function writeFiles({ files }: ImageSpec, root: string): Promise<void> {
  await mkdir(root, { recursive: true })
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    if ('text' in content) {
      await writeFile(file, content.text)
    } else {
      await copyFile(content.program, file)
      await chmod(file, 0o755)
    }
  }
}

import { execa } from 'execa'
import { createHash } from 'node:crypto'
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface ImageSpec {
  /** Name and tag, as pods ask for it. */
  name: string
  /** The static program that is all of it, and how it starts. */
  program: string
  command: readonly string[]
}

/** The user of an image's process, who is nobody on this machine. */
const USER = '65532:65532'
/** The same bytes make the same archive, whenever it is made and whoever makes it. */
const SAME = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=ustar']

/**
 * Write an image of one program as an archive that containerd imports: one layer, its configuration and a manifest, in
 * the form of `docker save`. No builder and no registry is needed.
 */
export async function makeImage(spec: ImageSpec, target: string): Promise<void> {
  const work = `${target}.work`
  await mkdir(join(work, 'root'), { recursive: true })
  const file = join(work, 'root', 'program')
  await copyFile(spec.program, file)
  await chmod(file, 0o755)
  await execa('tar', [...SAME, '-C', join(work, 'root'), '-cf', join(work, 'layer.tar'), 'program'])
  const digest = createHash('sha256')
    .update(await readFile(join(work, 'layer.tar')))
    .digest('hex')
  const configuration = {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Entrypoint: ['/program'], Cmd: spec.command, User: USER },
    rootfs: { type: 'layers', diff_ids: [`sha256:${digest}`] },
  }
  const manifest = [{ Config: 'config.json', RepoTags: [spec.name], Layers: ['layer.tar'] }]
  await writeFile(join(work, 'config.json'), JSON.stringify(configuration))
  await writeFile(join(work, 'manifest.json'), JSON.stringify(manifest))
  await execa('tar', [...SAME, '-C', work, '-cf', target, 'manifest.json', 'config.json', 'layer.tar'])
  await rm(work, { recursive: true })
}

import type { ImageSpec } from '@opencore/nodes'
import { ensureTools, moduleFolder, type Report } from '@opencore/toolchain'
import { GLIBC, unpackImage } from '@opencore/toolchain/debian'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { installEnvoy } from './install-envoy.ts'

/** As Istio's own images are laid out, and as whom they run. */
const BIN = 'usr/local/bin'
const PROXY_USER = '1337:1337'
const BOOTSTRAP = 'tools/packaging/common/envoy_bootstrap.json'
const MODULE = 'istio.io/istio'
/** The names of a node's image, see `nameImage` of @opencore/nodes. */
type Names = Pick<ImageSpec, 'name' | 'aliases'>

/**
 * Istio's three images, of its own programs, built from its own module. What is not its own: Envoy, which is the one that
 * Envoy's project releases, without the filters that Istio adds to it.
 */
export async function istioImages(
  names: { pilot: Names; cni: Names; proxy: Names },
  report: Report,
): Promise<ImageSpec[]> {
  const tools = await ensureTools(['pilot-discovery', 'pilot-agent', 'install-cni', 'istio-cni'], report)
  const program = (name: string) => ({ program: tools[name] ?? '' })
  const bootstrap = await readFile(join(await moduleFolder(MODULE), BOOTSTRAP), 'utf8')
  return [
    {
      ...names.pilot,
      files: { [`${BIN}/pilot-discovery`]: program('pilot-discovery') },
      entrypoint: [`/${BIN}/pilot-discovery`],
      user: PROXY_USER,
    },
    {
      ...names.cni,
      files: {
        'opt/cni/bin/istio-cni': program('istio-cni'),
        [`${BIN}/install-cni`]: program('install-cni'),
      },
      entrypoint: [`/${BIN}/install-cni`],
      environment: { PATH: `/${BIN}:/opt/cni/bin` },
      user: '0:0',
    },
    {
      ...names.proxy,
      root: await unpackImage(GLIBC, report),
      files: {
        [`${BIN}/envoy`]: { program: await installEnvoy() },
        [`${BIN}/pilot-agent`]: program('pilot-agent'),
        'var/lib/istio/envoy/envoy_bootstrap_tmpl.json': { text: bootstrap },
      },
      entrypoint: [`/${BIN}/pilot-agent`],
      environment: { PATH: `/${BIN}:/usr/bin:/bin` },
      user: PROXY_USER,
    },
  ]
}

import type { KubernetesObject } from '@opencore/cluster'
import { selfSign } from '@opencore/cluster/certificates'
import { ensureTools, moduleFolder, moduleVersion, type Report } from '@opencore/toolchain'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { barmanRoot } from '../images/barman-root.ts'
import type { RealOperator } from './cloud-native-pg.ts'
import { readManifest } from './read-manifest.ts'

const MODULE = 'github.com/cloudnative-pg/plugin-barman-cloud'
/** The manifest in the module names what its own tests run; a release puts these names there (release-publish.yml). */
const TESTED = /(plugin-barman-cloud(?:-sidecar)?)-testing:main/g
/** Both ends of the operator's calls, by the names of the manifest's certificates. */
const CERTIFICATES = {
  'barman-cloud-server-tls': 'barman-cloud',
  'barman-cloud-client-tls': 'barman-cloud-client',
}
const CERT_MANAGER = 'cert-manager.io/v1'

/**
 * The plugin of backups as it is installed by its own manifest, built from its own module, with the image that it puts beside
 * each instance. What differs: its two certificates are made here, since cert-manager, which it asks for them, is not there.
 */
export async function barmanCloud(report: Report): Promise<RealOperator> {
  const tools = await ensureTools(['barman-cloud'], report)
  const program = { manager: { program: tools['barman-cloud'] ?? '' } }
  const entrypoint = ['/manager']
  const tag = moduleVersion(MODULE)
  const repository = 'ghcr.io/cloudnative-pg/plugin-barman-cloud'
  const sidecar = `${repository}-sidecar:${tag}`
  const text = await readFile(join(await moduleFolder(MODULE), 'manifest.yaml'), 'utf8')
  const objects = readManifest(text.replaceAll(TESTED, `$1:${tag}`))
    .filter(({ apiVersion }) => apiVersion !== CERT_MANAGER)
    .map((object) => nameSidecar(object, sidecar))
  const { namespace = '' } = objects.find(({ kind }) => kind === 'Deployment')?.metadata ?? {}
  return {
    images: [
      { name: `${repository}:${tag}`, files: program, entrypoint },
      { name: sidecar, root: await barmanRoot(report), files: program, entrypoint, user: '26:26' },
    ],
    objects: [...objects, ...(await makeCertificates(namespace))],
  }
}

/** The Secret that tells the plugin which image it puts beside an instance. */
function nameSidecar(object: KubernetesObject, image: string): KubernetesObject {
  if (object.kind !== 'Secret') return object
  return { ...object, data: { SIDECAR_IMAGE: Buffer.from(image).toString('base64') } }
}

/** Each end trusts the other's certificate itself; one that somebody else signed would not be offered to it. */
function makeCertificates(namespace: string): Promise<KubernetesObject[]> {
  return Promise.all(
    Object.entries(CERTIFICATES).map(async ([name, host]) => {
      const { certificate, key } = await selfSign(host)
      const stringData = { 'tls.crt': certificate, 'tls.key': key }
      const metadata = { name, namespace }
      return { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata, stringData }
    }),
  )
}

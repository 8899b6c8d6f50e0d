import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { request } from 'node:https'

// For tests.

const HELM = 'application/vnd.cncf.helm'
export const types = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: `${HELM}.config.v1+json`,
  chart: `${HELM}.chart.content.v1.tar+gzip`,
  provenance: `${HELM}.chart.provenance.v1.prov`,
}

/** Something that a manifest names. */
export interface Blob {
  mediaType: string
  content: string | Buffer
}

/** A registry, a path in it, and who may push there. */
export interface Place {
  host: string
  path: string
  /** The file of the authority that its certificate is of. */
  authority: string
  user: { username: string; password: string }
}

/** Push a version as `helm push` never makes one: with any config, any layers, and more beside them in its manifest. */
export async function forgeVersion(
  place: Place,
  tag: string,
  { config, layers, more = {} }: { config: Blob; layers: readonly Blob[]; more?: object },
): Promise<void> {
  for (const { content } of [config, ...layers]) await pushBlob(place, content)
  const manifest = { schemaVersion: 2, config: describe(config), layers: layers.map(describe), ...more }
  const type = 'mediaType' in more ? String(more.mediaType) : types.manifest
  await send(place, 'PUT', `/v2/${place.path}/manifests/${tag}`, type, JSON.stringify(manifest))
}

const describe = ({ mediaType, content }: Blob) => ({
  ...{ mediaType, digest: digest(content), size: Buffer.byteLength(content) },
})

const digest = (content: string | Buffer) => `sha256:${createHash('sha256').update(content).digest('hex')}`

async function pushBlob(place: Place, content: string | Buffer): Promise<void> {
  const target = await send(place, 'POST', `/v2/${place.path}/blobs/uploads/`, 'application/octet-stream', '')
  const at = new URL(target, `https://${place.host}`)
  at.searchParams.set('digest', digest(content))
  await send(place, 'PUT', `${at.pathname}${at.search}`, 'application/octet-stream', content)
}

async function send(
  { host, authority, user }: Place,
  method: string,
  path: string,
  type: string,
  body: string | Buffer,
): Promise<string> {
  const ca = await readFile(authority)
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body) }
    const options = { method, ca, headers, auth: `${user.username}:${user.password}` }
    request(`https://${host}${path}`, options, (response) => {
      response.resume()
      const { statusCode = 0 } = response
      if (statusCode < 300) resolve(response.headers.location ?? '')
      else reject(new Error(`${method} ${path} was answered with ${statusCode}`))
    })
      .on('error', reject)
      .end(body)
  })
}

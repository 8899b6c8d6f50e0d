import type { ChartFolder } from '@opencore/charts'
import type { ChartImage } from './chart-images.ts'

/**
 * The bill of materials of a chart: the images that it names, as CycloneDX 1.6 wants it
 * (https://cyclonedx.org/docs/1.6/json). The same chart and date (seconds since 1970) give the same text.
 */
export function printBill(chart: ChartFolder, images: readonly ChartImage[], epoch: number): string {
  const { name, version, manifest } = chart
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: {
      timestamp: new Date(epoch * 1000).toISOString(),
      component: {
        type: 'application',
        'bom-ref': `${name}-${version}`,
        name,
        version,
        ...(manifest.description !== undefined && { description: manifest.description }),
      },
    },
    components: images.map(describeImage).sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
  }
  return `${JSON.stringify(bill, null, 2)}\n`
}

function describeImage({ repository, tag, digest, cases }: ChartImage) {
  const reference = `${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`
  const version = digest ?? tag
  return {
    type: 'container',
    'bom-ref': reference,
    name: repository,
    ...(version !== undefined && { version }),
    purl: packageUrl(repository, tag, digest),
    properties: cases.map((value) => ({ name: 'opencore:values', value })),
  }
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
function packageUrl(repository: string, tag: string | undefined, digest: string | undefined): string {
  const name = repository.slice(repository.lastIndexOf('/') + 1)
  const at = digest === undefined ? '' : `@${encodeURIComponent(digest)}`
  const query = [
    `repository_url=${encodeURIComponent(repository)}`,
    ...(tag === undefined ? [] : [`tag=${encodeURIComponent(tag)}`]),
  ]
  return `pkg:oci/${name}${at}?${query.join('&')}`
}

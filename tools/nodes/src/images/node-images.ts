import { ensureTools, type Report } from '@opencore/toolchain'
import type { ImageSpec } from '@opencore/images'
import { nameImage } from './name-image.ts'

/** The pause container of every pod, and what tests run. */
export const WORKLOAD_IMAGE = 'opencore.local/workload:1'
export const DNS_IMAGE = 'opencore.local/coredns:1'

/** The images that every node has from the start, by the programs that they are made of. */
export function nodeImages(tools: Readonly<Record<string, string>>): ImageSpec[] {
  return [
    { name: WORKLOAD_IMAGE, ...program(tools['workload']), command: ['pause'] },
    { name: DNS_IMAGE, ...program(tools['coredns']) },
  ]
}

/**
 * The program of tests under another name: a cluster's own controls refuse an image without a digest.
 * @param reference `<repository>:<tag>@<digest>`
 */
export async function workloadImage(reference: string, report: Report): Promise<ImageSpec> {
  const tools = await ensureTools(['workload'], report)
  return { ...nameImage(reference), ...program(tools['workload']), command: ['pause'] }
}

/** One static program is all of it. */
function program(path = ''): Pick<ImageSpec, 'files' | 'entrypoint'> {
  return { files: { program: { program: path } }, entrypoint: ['/program'] }
}

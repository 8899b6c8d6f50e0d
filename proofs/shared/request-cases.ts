import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import type { RenderRequest } from '@opencore/renderer'

/** What to ask our renderer for every values file of a chart's `ci/`, in the order of their names. */
export async function requestCases(
  root: string,
  folder: string,
  namespace: string,
): Promise<RenderRequest[]> {
  const files = (await glob(`${folder}/ci/*-values.yaml`, { cwd: root })).sort()
  return Promise.all(files.map((file) => requestCase(root, file, namespace)))
}

/** The same for one such file, a path below the root, which is the request's id. The release is called `example`. */
export async function requestCase(root: string, file: string, namespace: string): Promise<RenderRequest> {
  return {
    id: file,
    chart: join(root, file, '..', '..'),
    release: 'example',
    namespace,
    values: await readFile(join(root, file), 'utf8'),
    kubeVersion: '',
  }
}

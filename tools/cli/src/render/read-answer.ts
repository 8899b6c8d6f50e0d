import type { Manifest, Rendered } from './render-request.ts'

/** Read one line of the renderer as the result of the request that the caller knows as `id`. */
export function readAnswer(id: string, line: string): Rendered {
  const answer = JSON.parse(line) as { manifests?: string; objects?: Manifest[]; error?: string }
  if (answer.error !== undefined) return { id, error: answer.error }
  return { id, manifests: answer.manifests ?? '', objects: answer.objects ?? [] }
}

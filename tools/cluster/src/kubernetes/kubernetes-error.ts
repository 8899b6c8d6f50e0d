import type { Status } from './kubernetes-object.ts'

/** The API refused; `status` is its own answer. */
export class KubernetesError extends Error {
  readonly status: Status

  constructor(what: string, status: Status) {
    super(`${what}: ${status.message}`)
    this.name = 'KubernetesError'
    this.status = status
  }
}

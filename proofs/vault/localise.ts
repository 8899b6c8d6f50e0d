import type { FirstConfiguration, ServerConfiguration } from './vault-case.ts'

/**
 * A server on loopback, with a key of the test's, for which OpenBao needs no plugin.
 * @param members URLs of the servers that it may join
 */
export function onLoopback(server: ServerConfiguration, members: readonly string[]): ServerConfiguration {
  const raft = { ...server.storage.raft }
  delete raft.retry_join
  const join = members.map((member) => ({
    leader_api_addr: member,
    leader_ca_cert_file: '/openbao/tls/ca.crt',
  }))
  const seal = [{ static: { current_key_id: 'first', current_key: 'file:///openbao/seal/key' } }]
  const own = {
    ...server,
    storage: { raft: { ...raft, ...(join.length > 0 && { retry_join: join }) } },
    seal,
  }
  delete own.plugin
  delete own.plugin_directory
  return own
}

/** With the audit log in a file, where a test finds it; all members of one store must have the same. */
export function auditToFile(server: ServerConfiguration): ServerConfiguration {
  const audit = server.audit.map(({ file }) => ({
    file: Object.fromEntries(
      Object.entries(file).map(([name, device]) => [
        name,
        { ...device, options: { ...device.options, file_path: '/openbao/audit/audit.log' } },
      ]),
    ),
  }))
  return { ...server, audit }
}

/** In a pod the API server, its authority and the token by which it is asked are where Kubernetes mounts them. */
export function askElsewhere(first: FirstConfiguration, api: Record<string, string>): FirstConfiguration {
  const data = { ...api, disable_local_ca_jwt: true }
  const localise = (named: FirstConfiguration['initialize'][number]['access']['request'][number]) =>
    Object.fromEntries(
      Object.entries(named).map(([name, request]) => [
        name,
        request.path === 'auth/kubernetes/config' ? { ...request, data } : request,
      ]),
    )
  return {
    initialize: first.initialize.map(({ access }) => ({
      access: { request: access.request.map(localise) },
    })),
  }
}

import type { JsonObject } from '@opencore/contract'
import { prefixed, type Facts, type Manifest, type Port } from './facts.ts'

/** Ways in and out of a release: its Service, Ingress, HTTPRoute, and what leaves to addresses by its NetworkPolicy. */
export function describeEdges(manifests: readonly Manifest[], ports: readonly Port[] = []): Facts {
  const facts: Facts = { service: 'none' }
  const numberOf = (port: unknown) =>
    ports.find(({ name }) => name === port)?.containerPort ?? (port as number)
  for (const { kind, metadata, spec } of manifests) {
    if (kind === 'Service' && spec['clusterIP'] !== 'None') {
      facts['service'] = (spec['type'] as string | undefined) ?? 'ClusterIP'
      for (const { port, targetPort } of spec['ports'] as { port: number; targetPort?: unknown }[])
        facts[`service.${port}`] = numberOf(targetPort ?? port)
    }
    if (kind === 'Ingress')
      Object.assign(
        facts,
        describeIngress(spec, numberOf),
        prefixed('ingress.annotation', metadata.annotations),
      )
    if (kind === 'HTTPRoute') Object.assign(facts, describeRoute(spec))
    if (kind === 'NetworkPolicy') Object.assign(facts, describeEgress(spec))
  }
  return facts
}

function describeIngress(spec: JsonObject, numberOf: (port: unknown) => number): Facts {
  interface Path {
    path: string
    pathType: string
    backend: { service: { port: { number?: number; name?: string } } }
  }
  const rules = (spec['rules'] ?? []) as { host: string; http: { paths: Path[] } }[]
  const tls = (spec['tls'] ?? []) as { hosts: string[]; secretName: string }[]
  return Object.fromEntries([
    ...rules.flatMap(({ host, http }) =>
      http.paths.map(({ path, pathType, backend }) => [
        `ingress.${host}${path}`,
        `${pathType} to ${numberOf(backend.service.port.number ?? backend.service.port.name)}`,
      ]),
    ),
    ...tls.flatMap(({ hosts, secretName }) => hosts.map((host) => [`ingress.tls.${host}`, secretName])),
  ]) as Facts
}

function describeRoute(spec: JsonObject): Facts {
  interface Rule {
    matches?: { path: { type: string; value: string } }[]
    backendRefs: { port: number }[]
  }
  const parents = spec['parentRefs'] as { namespace?: string; name: string; sectionName?: string }[]
  const paths = (spec['rules'] as Rule[]).flatMap(({ matches, backendRefs }) =>
    (matches ?? [{ path: { type: 'PathPrefix', value: '/' } }]).map(
      ({ path }) => `${path.type} ${path.value} to ${backendRefs[0]?.port ?? 0}`,
    ),
  )
  return Object.fromEntries([
    ...(spec['hostnames'] as string[]).map((host) => [`route.${host}`, paths.join(', ')]),
    ...parents.map(({ namespace = '', name, sectionName = '' }) => [
      `gateway.${namespace}/${name}`,
      sectionName,
    ]),
  ]) as Facts
}

function describeEgress(spec: JsonObject): Facts {
  interface Rule {
    to?: { ipBlock?: { cidr: string; except?: string[] } }[]
    ports?: { port: number; protocol: string }[]
  }
  return Object.fromEntries(
    ((spec['egress'] ?? []) as Rule[]).flatMap(({ to = [], ports = [] }) =>
      to.flatMap(({ ipBlock }) =>
        ipBlock === undefined
          ? []
          : ports.map(({ port, protocol }) => [
              `egress.${port}/${protocol}`,
              [ipBlock.cidr, ...(ipBlock.except ? ['but', ...ipBlock.except] : [])].join(' '),
            ]),
      ),
    ),
  )
}

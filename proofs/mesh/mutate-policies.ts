import { asList, asRecord, read, type EnvironmentInput, type RenderedObject } from '@opencore/verify'

/** An environment with one AuthorizationPolicy or PeerAuthentication changed. */
export interface Mutant {
  /** What was done to what. */
  kind: string
  input: EnvironmentInput
}

type Fields = Record<string, unknown>
type Change = (spec: Fields) => Fields | undefined

const stranger = 'cluster.local/ns/banking-services/sa/stranger'
const gateway = 'cluster.local/ns/istio-ingress/sa/public-istio'

/** Wider and narrower: each gives a spec that reads otherwise, or nothing where there is nothing to change. */
const ofAuthorization: Readonly<Record<string, Change>> = {
  'no selector': (spec) => without(spec, 'selector'),
  'another selector': (spec) => ({
    ...spec,
    selector: { matchLabels: { 'app.kubernetes.io/name': 'nobody' } },
  }),
  'no rules': (spec) => (spec['rules'] === undefined ? undefined : without(spec, 'rules')),
  'a rule for everybody': (spec) => ({ ...spec, rules: [...asList(spec['rules']), {}] }),
  'everything denied': (spec) => ({ ...spec, action: 'DENY' }),
  'one account more': changeRules((rule) => change(rule, 'from', [...asList(rule['from']), source(gateway)])),
  'an account of nobody': changeRules((rule) =>
    change(rule, 'from', [...asList(rule['from']), source(stranger)]),
  ),
  'another account': changeRules((rule) =>
    rule['from'] ? { ...rule, from: [source(stranger)] } : undefined,
  ),
  'any account': changeRules((rule) => (rule['from'] ? without(rule, 'from') : undefined)),
  'a whole namespace': changeRules((rule) => ({
    ...rule,
    from: [{ source: { namespaces: ['banking-edge'] } }],
  })),
  'any port': changeOperations((operation) => without(operation, 'ports')),
  'one port more': changeOperations((operation) => ({
    ...operation,
    ports: [...asList(operation['ports']), '7070'],
  })),
  'another port': changeOperations((operation) => ({ ...operation, ports: ['7070'] })),
  'a method': changeOperations((operation) => ({ ...operation, methods: ['GET'] })),
  'a path': changeOperations((operation) => ({ ...operation, paths: ['/facts/*'] })),
  'no port in a list': changeOperations((operation) => ({ ...operation, ports: [], methods: ['GET'] })),
  'any operation': changeRules((rule) => without(rule, 'to')),
  'a rule less': (spec) =>
    asList(spec['rules']).length > 1 ? { ...spec, rules: asList(spec['rules']).slice(1) } : undefined,
  'a rule twice': (spec) => ({ ...spec, rules: [...asList(spec['rules']), ...asList(spec['rules'])] }),
}

const ofPeers: Readonly<Record<string, Change>> = {
  'plain everywhere': (spec) => ({ ...spec, mtls: { mode: 'PERMISSIVE' } }),
  'no certificates': (spec) => ({ ...spec, mtls: { mode: 'DISABLE' } }),
  'one port more in plain': (spec) =>
    spec['selector']
      ? { ...spec, portLevelMtls: { ...asRecord(spec['portLevelMtls']), 8080: { mode: 'PERMISSIVE' } } }
      : undefined,
  'no port in plain': (spec) => (spec['portLevelMtls'] ? without(spec, 'portLevelMtls') : undefined),
}

/** Some of each kind of change, over all policies. */
export function listMutants(input: EnvironmentInput, ofEach: number): Mutant[] {
  return [
    ...mutate(input, 'AuthorizationPolicy', ofAuthorization, ofEach),
    ...mutate(input, 'PeerAuthentication', ofPeers, ofEach),
  ]
}

function mutate(
  input: EnvironmentInput,
  kind: string,
  changes: Readonly<Record<string, Change>>,
  ofEach: number,
): Mutant[] {
  const policies = input.objects.filter(({ object }) => object.kind === kind)
  return Object.entries(changes).flatMap(([title, apply]) =>
    policies
      .flatMap((policy): Mutant[] => {
        const spec = apply(asRecord(policy.object['spec']))
        if (spec === undefined) return []
        const mutant: RenderedObject = { ...policy, object: { ...policy.object, spec } }
        const objects = input.objects.map((each) => (each === policy ? mutant : each))
        return [{ kind: `${title} in ${policy.object.metadata.name}`, input: { ...input, objects } }]
      })
      .slice(0, ofEach),
  )
}

function changeRules(apply: Change): Change {
  return (spec) => {
    const [first, ...others] = asList(spec['rules']).map(asRecord)
    const changed = first && apply(first)
    return changed && { ...spec, rules: [changed, ...others] }
  }
}

function changeOperations(apply: (operation: Fields) => Fields): Change {
  return changeRules((rule) => ({
    ...rule,
    to: asList(rule['to']).map((to) => ({ operation: apply(asRecord(read(to, 'operation'))) })),
  }))
}

const source = (principal: string) => ({ source: { principals: [principal] } })
const change = (rule: Fields, key: string, value: unknown) =>
  rule[key] ? { ...rule, [key]: value } : undefined
const without = (fields: Fields, key: string) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key))

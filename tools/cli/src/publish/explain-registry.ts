import type { Finding } from '@opencore/contract'
import type { PublisherRefusal } from './ask-publisher.ts'

/** What a registry that refuses means, and what helps. `at` is the version that it was asked for. */
export function explainRegistry(refusal: PublisherRefusal, at: string): Finding {
  const { code, found, wanted, next } = describe(refusal, at)
  return { code, severity: 'error', at: { file: at }, found, wanted, next }
}

type Words = Pick<Finding, 'code' | 'found' | 'wanted' | 'next'>

function describe({ code, detail, ...asked }: PublisherRefusal, at: string): Words {
  const host = /^oci:\/\/([^/]+)/.exec(at)?.[1] ?? at
  const login = `helm registry login ${host}, or --username NAME --password-stdin < password.txt`
  switch (code) {
    case 'NO_LOGIN':
      return {
        code: 'REGISTRY_LOGIN',
        found: `${host} wants to know who asks, and no login for it is known`,
        wanted: 'a login that may push here',
        next: login,
      }
    case 'NO_TLS':
      return {
        code: 'REGISTRY_TLS',
        found: `${host} cannot be trusted: ${detail}`,
        wanted: 'TLS with a certificate that this machine trusts',
        next: 'name the file of its authority in SSL_CERT_FILE, or mend its certificate',
      }
    case 'UNREACHABLE':
      return {
        code: 'REGISTRY_UNREACHABLE',
        found: `${host} does not answer: ${detail}`,
        wanted: 'a registry that this machine reaches',
        next: 'look at its name, the network and HTTPS_PROXY, then run the same command again',
      }
    case 'ADDRESS':
      return {
        code: 'REGISTRY_ADDRESS',
        found: `${detail} is no address of a repository`,
        wanted: 'oci://host/path in small letters, such as oci://registry.example.com/charts',
        next: 'correct it',
      }
    case 'NO_CHART':
      return {
        code: 'REGISTRY_NO_CHART',
        found: `what is out is not as helm push makes it: ${detail}`,
        wanted: "an image manifest with Helm's config, one chart and its provenance, and nothing else",
        next: 'find out who put it there and remove it; or raise `version` in its Chart.yaml, then: opencore package',
      }
    default:
      return describeStatus(asked, detail, login)
  }
}

function describeStatus(
  { method = '', url = '', status = 0 }: Partial<PublisherRefusal>,
  detail: string,
  login: string,
): Words {
  const said = detail === '' ? '' : ` (${detail})`
  const found = `${method} ${url} was answered with ${status}${said}`
  if (status === 401) return { code: 'REGISTRY_LOGIN', found, wanted: 'a login that is right', next: login }
  if (status === 403)
    return {
      code: 'REGISTRY_FORBIDDEN',
      found,
      wanted: 'a login that may push here',
      next: 'ask who owns the registry for the right to push to this path',
    }
  if (status >= 500)
    return {
      code: 'REGISTRY_FAILED',
      found,
      wanted: 'a registry that works',
      next: 'wait, then run the same command again: what is out already is skipped',
    }
  return {
    code: 'REGISTRY_REFUSED',
    found,
    wanted: 'a registry that takes charts at this path',
    next: 'see that the path exists there and takes OCI artifacts, then run the same command again',
  }
}

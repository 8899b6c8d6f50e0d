import type { Finding } from '@opencore/contract'
import { expect, it } from 'vitest'
import { joinEnvironments } from './join-environments.ts'

const waived = (file: string, found = 'a waiver counts'): Finding => ({
  code: 'CONTROL_WAIVED',
  severity: 'warning',
  at: { file },
  found,
  wanted: 'controls that hold for everybody',
  next: 'mend what the control finds',
})

it('says once what is the same in several environments, and where', () => {
  const findings = ['dev', 'staging'].map((name) => waived(`argocd/${name}/values/foundation.yaml`))
  expect(joinEnvironments(findings)).toEqual([waived('argocd/{dev,staging}/values/foundation.yaml')])
})

it('leaves what is said of one, of another file, or otherwise', () => {
  const findings = [
    waived('argocd/dev/values/foundation.yaml'),
    waived('argocd/dev/values/vault.yaml'),
    waived('argocd/staging/values/foundation.yaml', 'another waiver counts'),
    waived('environments/defaults.ts'),
  ]
  expect(joinEnvironments(findings)).toEqual(findings)
})

import { formatFinding } from '@opencore/contract/findings'
import type { DiskRelease } from '@opencore/renderer'
import type { ApplicationSource } from '@opencore/verify'
import { describe, expect, it } from 'vitest'
import { checkSources } from './check-sources.ts'

const release: DiskRelease = {
  environment: 'dev',
  release: 'cards',
  namespace: 'banking',
  chart: 'service',
  purpose: 'services',
  kubeVersion: '1.36.3',
  valuesFile: 'argocd/dev/values/cards.yaml',
}
const source: ApplicationSource = {
  application: 'dev-cards',
  project: 'dev-services',
  release: 'cards',
  namespace: 'banking',
  ref: 'refs/heads/env/dev',
  file: 'manifests.yaml',
}
const check = (...sources: ApplicationSource[]) =>
  checkSources('dev', [release], sources).map((finding) => formatFinding(finding))

describe(checkSources, () => {
  it('takes an Application of each release, of the environment’s own ref', () => {
    expect(check(source)).toEqual([])
  })

  it.each<[string, Partial<ApplicationSource>, string]>([
    [
      'another ref',
      { ref: 'refs/heads/feature' },
      'Application dev-cards reads ref refs/heads/feature  [APPLICATION_DIFFERS]\n  want  refs/heads/env/dev, as the release was rendered',
    ],
    [
      'the ref of another environment',
      { ref: 'refs/heads/env/staging' },
      'Application dev-cards reads ref refs/heads/env/staging  [APPLICATION_DIFFERS]\n  want  refs/heads/env/dev, as the release was rendered',
    ],
    [
      'a tag of the same name',
      { ref: 'env/dev' },
      'Application dev-cards reads ref env/dev  [APPLICATION_DIFFERS]\n  want  refs/heads/env/dev, as the release was rendered',
    ],
    [
      'another namespace',
      { namespace: 'kube-system' },
      'Application dev-cards reads namespace kube-system  [APPLICATION_DIFFERS]\n  want  banking, as the release was rendered',
    ],
  ])('refuses %s', (_, more, words) => {
    expect(check({ ...source, ...more })).toEqual([
      `argocd/dev/applicationsets/services.yaml: ${words}\n  next  run: opencore generate`,
    ])
  })

  it('refuses a second Application beside the right one, as it does one of nothing', () => {
    expect(check(source, { ...source, application: 'dev-mine', ref: 'refs/heads/mine' })).toHaveLength(1)
    expect(check(source, { ...source, application: 'dev-mine', release: 'mine' })).toEqual([
      'argocd/dev/applicationsets: Application dev-mine reads folder mine, which no release is rendered to  [APPLICATION_DIFFERS]\n  want  a release of this environment\n  next  run: opencore generate',
    ])
  })

  it('refuses a release that nobody reads', () => {
    expect(check()).toEqual([
      'argocd/dev/applicationsets/services.yaml: no Application reads release cards  [APPLICATION_DIFFERS]\n  want  one for each release that is rendered\n  next  run: opencore generate',
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { inferChart, inferEnvironment } from './infer-projects.ts'

describe(inferChart, () => {
  it('makes a project of a chart whose file:// dependencies are project dependencies', () => {
    const project = inferChart(
      'charts/service',
      'name: service\ndependencies:\n  - {name: common, repository: "file://../common"}\n  - {name: other, repository: "https://example.com"}\n',
    )
    expect(project.name).toBe('chart-service')
    expect(project.implicitDependencies).toEqual(['chart-common'])
    expect(project.targets?.['verify']?.options).toMatchObject({
      command: 'node bin/opencore.mjs verify --chart service',
    })
  })
})

describe(inferEnvironment, () => {
  it('makes a project of an environment', () => {
    expect(inferEnvironment('environments/dev').name).toBe('environment-dev')
  })
})

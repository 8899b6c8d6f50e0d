import type { CreateNodes, ProjectConfiguration, TargetConfiguration } from '@nx/devkit'
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'

/**
 * Every `charts/<name>/Chart.yaml` is a project `chart-<name>`, every `environments/<name>/index.ts` a project
 * `environment-<name>`: a new folder is enough, there is no list of projects and no project.json.
 */
export const createNodes: CreateNodes = [
  '{charts/*/Chart.yaml,environments/*/index.ts}',
  (files, _, { workspaceRoot }) =>
    Promise.resolve(
      files.map((file) => {
        const root = dirname(file)
        const text = readFileSync(join(workspaceRoot, file), 'utf8')
        const project = root.startsWith('charts/') ? inferChart(root, text) : inferEnvironment(root)
        return [file, { projects: { [root]: project } }] as const
      }),
    ),
]

type Project = Omit<ProjectConfiguration, 'root'>

/** A chart's project; `file://../<name>` dependencies of its Chart.yaml are dependencies of the project. */
export function inferChart(root: string, chartYaml: string): Project {
  const { dependencies = [] } = parse(chartYaml) as { dependencies?: { repository?: string }[] }
  return {
    name: `chart-${basename(root)}`,
    tags: ['kind:chart'],
    implicitDependencies: dependencies.flatMap(({ repository = '' }) => {
      const path = /^file:\/\/(.+)$/.exec(repository)?.[1]
      return path ? [`chart-${basename(path)}`] : []
    }),
    targets: {
      schema: opencore('schema --check', ['{projectRoot}/**/*']),
      verify: opencore(`verify --chart ${basename(root)}`, ['{projectRoot}/**/*', '^default']),
    },
  }
}

/** An environment's project. */
export function inferEnvironment(root: string): Project {
  const inputs = [
    '{workspaceRoot}/environments/**/*',
    '{workspaceRoot}/argocd/**/*',
    '{workspaceRoot}/charts/**/*',
  ]
  return {
    name: `environment-${basename(root)}`,
    tags: ['kind:environment'],
    targets: {
      generate: opencore('generate --check', inputs),
      verify: opencore(`verify --environment ${basename(root)}`, inputs),
    },
  }
}

function opencore(command: string, inputs: string[]): TargetConfiguration {
  return {
    executor: 'nx:run-commands',
    options: { command: `node bin/opencore.mjs ${command}`, cwd: '{workspaceRoot}' },
    inputs: [...inputs, '{workspaceRoot}/tools/*/src/**/*'],
    cache: true,
  }
}

import { describe, expect, it } from 'vitest'
import { listToolModules, standardTools, toolNames } from './list-tool-modules.ts'

const modules = listToolModules()

describe(listToolModules, () => {
  it('finds the version of every module', () => {
    const requiring = modules.filter(({ goMod }) => goMod.requires.length > 0)
    expect(requiring.filter(({ version }) => !/^\d+\.\d+\.\d+/.test(version))).toEqual([])
  })

  it('runs on nodes the Kubernetes that the control plane is of', () => {
    const versionOf = (folder: string) => modules.find(({ name }) => name === folder)?.version
    expect(versionOf('kubernetes-node')).toBe(versionOf('kubernetes'))
  })

  it('renders with the version of Helm that is pinned as a tool', () => {
    const versions = modules
      .filter(({ name }) => name === 'helm' || name === 'renderer')
      .map(({ version }) => version)
    expect(versions).toHaveLength(2)
    expect(new Set(versions).size).toBe(1)
  })

  it('gives every tool one name of its own', () => {
    const names = modules.flatMap(toolNames)
    expect(names).toEqual([...new Set(names)])
  })

  it('calls the one binary of a folder as the folder, and several as their packages', () => {
    const namesOf = (folder: string) => modules.filter(({ name }) => name === folder).flatMap(toolNames)
    expect(namesOf('etcd')).toEqual(['etcd'])
    expect(namesOf('kubernetes')).toContain('kube-apiserver')
  })

  it('links only binaries that the module has', () => {
    for (const { binaries, notes } of modules) {
      expect(Object.values(binaries)).toEqual(expect.arrayContaining(Object.keys(notes.links ?? {})))
    }
  })
})

describe(standardTools, () => {
  it('leaves out what is built on demand only', () => {
    expect(standardTools()).toContain('helm')
    expect(standardTools()).not.toContain('helm3')
  })
})

import type { KubernetesObject, Operation } from '@opencore/verify'
import { execa } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'

/** What nca lets through between two workloads, named `<namespace>/<name>`; any port and operation where undefined. */
export interface JudgedCall {
  from: string
  to: string
  ports?: readonly (readonly [number, number])[]
  operation: Operation
}

const program = 'import sys; from nca.nca_cli import nca_main; sys.exit(nca_main())'
const line = /^(\S+)\[\w+\] => (\S+)\[\w+\] : (.*)$/

/** Who may call whom by TCP in a cluster of these objects, by np-guard's evaluator. */
export async function askNca(path: string, objects: readonly KubernetesObject[]): Promise<JudgedCall[]> {
  const folder = await mkdtemp(join(tmpdir(), 'opencore-nca-'))
  try {
    await writeFile(
      join(folder, 'cluster.yaml'),
      objects.map((object) => stringify(object, { aliasDuplicateObjects: false })).join('---\n'),
    )
    const options = ['-o', 'txt_no_fw_rules', '--output_endpoints', 'deployments']
    const { stdout } = await execa('python3', ['-c', program, '--connectivity', '-r', folder, ...options], {
      env: { PYTHONPATH: path },
      timeout: 120_000,
    })
    // What is not TCP comes after; the mesh leaves it open.
    const [tcp = ''] = stdout.split(/^non-TCP Connections:/m)
    return tcp.split('\n').flatMap(readCall)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function readCall(text: string): JudgedCall[] {
  const [, from, to, what] = line.exec(text) ?? []
  if (from === undefined || to === undefined || what === undefined) return []
  if (what === 'All connections') return [{ from, to, operation: {} }]
  const said = new Map(
    what
      .replace(/^{|}$/g, '')
      .split(/,(?=[a-z_]+:)/)
      .map((part) => [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)] as const),
  )
  const unknown = [...said.keys()].filter((key) => !['dst_ports', 'methods', 'paths'].includes(key))
  if (unknown.length > 0) throw new Error(`nca says ${unknown.join(', ')}, which nobody reads: ${text}`)
  const [ports, methods, paths] = ['dst_ports', 'methods', 'paths'].map((key) => said.get(key))
  return [
    {
      from,
      to,
      ...(ports !== undefined && { ports: ports.split(',').map(readRange) }),
      operation: {
        ...(methods !== undefined && { methods: methods.split(',').map((method) => method.trim()) }),
        ...(paths !== undefined && { paths: paths.split('|') }),
      },
    },
  ]
}

function readRange(text: string): readonly [number, number] {
  const [first, last = first] = text.split('-').map(Number)
  return [first ?? 0, last ?? 0]
}

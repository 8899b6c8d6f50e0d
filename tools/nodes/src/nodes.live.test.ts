import { findMarkedProcesses, layOut } from '@opencore/cluster'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutOff, plugIn } from './network/cut-off.ts'
import { findLack } from './requirements/find-lack.ts'
import { allow, answers, deny, NAMESPACE } from './test-support/manifests.ts'
import type { RunningNodes, ScratchNodes } from './test-support/scratch-nodes.ts'
import { makeScratchNodes } from './test-support/scratch-nodes.ts'
import { takeInventory } from './test-support/take-inventory.ts'

const lack = await findLack()
if (lack !== undefined) process.stderr.write(`real nodes: skipped: ${lack}\n`)

const zones = ['zone-a', 'zone-b', 'zone-c']
const SERVICE = `http://answer.${NAMESPACE}.svc.cluster.local`
const poll = { timeout: 60_000, interval: 300 }

describe.skipIf(lack !== undefined)('real nodes', () => {
  let scratch: ScratchNodes
  let nodes: RunningNodes
  let before: Awaited<ReturnType<typeof takeInventory>>
  const apply = (objects: object[]) =>
    nodes.kubectl(['apply', '-f', '-'], objects.map((object) => JSON.stringify(object)).join('\n---\n'))
  const readyPods = async () => {
    const path = '{range .items[?(@.status.containerStatuses[0].ready==true)]}{.spec.nodeName}{"\\n"}{end}'
    const output = await nodes.kubectl(['-n', NAMESPACE, 'get', 'pods', '-o', `jsonpath=${path}`])
    return output.split('\n').filter(Boolean).sort()
  }
  const run = async (node: string, ...words: string[]) => {
    const pod = await nodes.kubectl([
      ...['-n', NAMESPACE, 'get', 'pods', '--field-selector', `spec.nodeName=${node}`],
      ...['-o', 'jsonpath={.items[0].metadata.name}'],
    ])
    return nodes.kubectl(['-n', NAMESPACE, 'exec', pod, '--', '/program', ...words])
  }

  beforeAll(async () => {
    scratch = await makeScratchNodes(zones)
    before = await takeInventory(scratch.folder)
    nodes = await scratch.start()
  })
  afterAll(() => scratch.dispose())

  it('are ready, one in each zone, and run the Kubernetes of the control plane', async () => {
    const path =
      '{range .items[*]}{.metadata.labels.topology\\.kubernetes\\.io/zone} {.status.nodeInfo.kubeletVersion}{"\\n"}{end}'
    const listed = await nodes.kubectl(['get', 'nodes', '-o', `jsonpath=${path}`])
    const version = await nodes.kubectl(['version', '-o', 'json'])
    const { serverVersion } = JSON.parse(version) as { serverVersion: { gitVersion: string } }
    expect(listed.trim().split('\n')).toEqual(zones.map((zone) => `${zone} ${serverVersion.gitVersion}`))
  })

  it('run pods of the restricted level, and refuse others', async () => {
    await apply(answers())
    const names = zones.map((zone) => `node-${zone}-1`)
    await expect.poll(readyPods, poll).toEqual(names)
    const privileged = [
      '-n',
      NAMESPACE,
      'run',
      'intruder',
      '--image=opencore.local/workload:1',
      '--privileged',
    ]
    expect(await nodes.kubectl(privileged)).toContain('violates PodSecurity "restricted:latest": privileged')
  })

  it('reach a Service on other nodes by its name', async () => {
    const answered = new Set<string>()
    const ask = async () => {
      const answer = await run('node-zone-a-1', 'get', SERVICE)
      answered.add(/^(\S+) answers /.exec(answer)?.[1] ?? '')
      return [...answered].filter(Boolean).sort()
    }
    await expect.poll(ask, poll).toEqual(zones.map((zone) => `node-${zone}-1`))
  })

  it('let nothing leave the machine', async () => {
    expect(await run('node-zone-a-1', 'get', 'http://192.0.2.1')).toMatch(/unreachable|deadline|timeout/i)
    expect(await run('node-zone-a-1', 'resolve', 'example.com')).toMatch(/no such host|misbehaving/)
  })

  it('are reached by nobody while they are cut off, and are again', async () => {
    const [node, path] = ['node-zone-c-1', 'jsonpath={.items[0].status.podIP}']
    const selected = ['get', 'pods', '--field-selector', `spec.nodeName=${node}`, '-o', path]
    const address = await nodes.kubectl(['-n', NAMESPACE, ...selected])
    const ask = () => run('node-zone-a-1', 'get', `http://${address}:8080`)
    await cutOff(scratch.folder, zones, node)
    await expect.poll(ask, poll).toMatch(/no route|deadline|timeout/i)
    await plugIn(scratch.folder, zones, node)
    await expect.poll(ask, poll).toMatch(/^node-zone-c-1 answers /)
  })

  it('enforce policies: who is denied is refused, and who is allowed comes in', async () => {
    const ask = () => run('node-zone-b-1', 'get', SERVICE)
    await apply([deny])
    await expect.poll(ask, poll).toMatch(/refused|deadline|timeout/i)
    await apply([allow])
    await expect.poll(ask, poll).toMatch(/^node-zone-[ac]-1 answers /)
  })

  it('come back after everything was killed, and leave nothing behind when they stop', async () => {
    await nodes.crash()
    const { marker } = layOut(scratch.folder)
    const survivors = await findMarkedProcesses(marker)
    expect(survivors.length).toBeGreaterThan(0)
    for (const { pid } of survivors.filter((_, index) => index % 3 === 0))
      await execa('kill', ['-KILL', String(pid)], { reject: false })
    nodes = await scratch.start()
    const names = zones.map((zone) => `node-${zone}-1`)
    await expect.poll(readyPods, poll).toEqual(names)
    await expect.poll(() => run('node-zone-c-1', 'get', SERVICE), poll).toMatch(/^node-zone-[ab]-1 answers /)
    await nodes.stop()
    expect(await takeInventory(scratch.folder)).toEqual(before)
  })
})

import type { NodeWorld } from '@opencore/cluster'
import { NODE_PROXY, writeKubeconfig } from '@opencore/cluster'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeScripts } from './scripts.ts'
import { innerScript, outerScript } from './scripts.ts'
import { containerdSettings, kubeletSettings, podNetwork, proxySettings } from './settings.ts'

/** Write everything that one node reads. Keys are for root alone. */
export async function writeNode(scripts: NodeScripts, { certificates, server }: NodeWorld): Promise<void> {
  const { folder, group, node, plan } = scripts
  for (const name of ['cni', 'lib', 'log', 'volume-plugins'])
    await mkdir(join(folder, name), { recursive: true })
  await chmod(folder, 0o700)
  const identify = async (file: string, identity: string) => {
    const keys = certificates.nodes[identity]
    if (keys === undefined) throw new Error(`${identity} has no certificate`)
    const connection = { server, authority: certificates.authority, ...keys }
    await writeKubeconfig(join(folder, file), { name: identity, connection })
  }
  await identify('kubelet.yaml', node.name)
  await identify('proxy.yaml', NODE_PROXY)
  const write = (file: string, text: string) => writeFile(join(folder, file), text)
  await write('authority.crt', certificates.authority)
  await write('resolv.conf', '')
  await write('containerd.toml', containerdSettings())
  await write('cni/10-pods.conflist', JSON.stringify(podNetwork(node)))
  await write('kubelet.json', JSON.stringify(kubeletSettings(folder, group)))
  await write('proxy.json', JSON.stringify(proxySettings(folder, node, plan.range)))
  await write('outer.sh', outerScript(scripts))
  await write('inner.sh', innerScript(scripts))
}

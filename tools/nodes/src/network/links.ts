import { execa } from 'execa'

/** What `ip -json link` says of a link, as far as it matters here. */
export interface Link {
  ifname: string
  /** Its hardware address. */
  address?: string
  /** The bridge that it is plugged into. */
  master?: string
}

/** All links of this machine's own network namespace; none where nobody can ask for them, or make one. */
export async function listLinks(): Promise<Link[]> {
  const { stdout, failed } = await execa('ip', ['-json', 'link'], { reject: false })
  return failed ? [] : (JSON.parse(stdout) as Link[])
}

/** Remove a link that may be gone already. */
export async function removeLink(name: string): Promise<void> {
  await execa('ip', ['link', 'delete', name], { reject: false })
}

import { cpSync, existsSync, lstatSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/** Names that Debian's alternatives give, of which only an installation would make links. */
const ALTERNATIVES = ['iptables', 'iptables-save', 'iptables-restore']
/** What has its place below `/usr`, with a link where it was. */
const MERGED = ['bin', 'lib', 'lib64', 'sbin']

/** Make one `usr` of packages for nodes, as it is where they are installed, without what a node does not read. */
export function arrangeNode(folder: string): void {
  for (const name of mergeUsr(folder)) rmSync(path.join(folder, name), { recursive: true })
  const usr = path.join(folder, 'usr')
  for (const family of ['', '6'])
    for (const name of ALTERNATIVES.map((alternative) =>
      alternative.replace('iptables', `ip${family}tables`),
    ))
      symlinkSync('xtables-nft-multi', path.join(usr, 'sbin', name))
  for (const name of ['etc', 'usr/share']) rmSync(path.join(folder, name), { recursive: true, force: true })
}

/** What an image does not read: a fifth of its size. */
export const UNREAD = [
  'usr/share/doc',
  'usr/share/locale',
  'usr/share/man',
  'usr/share/lintian',
  'usr/share/bug',
]

/** Make a whole root of packages that are an image's files. */
export function arrangeImage(folder: string): void {
  mergeUsr(folder)
  for (const name of UNREAD) rmSync(path.join(folder, name), { recursive: true, force: true })
}

/** `/lib` and its like become links to what is below `/usr`; those that there are. */
function mergeUsr(folder: string): string[] {
  const names = MERGED.filter(
    (name) => existsSync(path.join(folder, 'usr', name)) || existsSync(path.join(folder, name)),
  )
  for (const name of names) {
    const top = path.join(folder, name)
    if (existsSync(top) && !lstatSync(top).isSymbolicLink()) {
      cpSync(top, path.join(folder, 'usr', name), { recursive: true, verbatimSymlinks: true })
      rmSync(top, { recursive: true })
    }
    if (!readdirSync(folder).includes(name)) symlinkSync(`usr/${name}`, top)
  }
  return names
}

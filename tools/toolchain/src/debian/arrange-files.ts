import { cpSync, existsSync, rmSync, symlinkSync } from 'node:fs'
import path from 'node:path'

/** Names that Debian's alternatives give, of which only an installation would make links. */
const ALTERNATIVES = ['iptables', 'iptables-save', 'iptables-restore']

/** Make one `usr` of unpacked packages, as it is where they are installed: `/lib` and `/sbin` are below it. */
export function arrangeFiles(folder: string): void {
  const usr = path.join(folder, 'usr')
  for (const name of ['bin', 'lib', 'sbin']) {
    const top = path.join(folder, name)
    if (!existsSync(top)) continue
    cpSync(top, path.join(usr, name), { recursive: true, verbatimSymlinks: true })
    rmSync(top, { recursive: true })
  }
  for (const family of ['', '6'])
    for (const name of ALTERNATIVES.map((alternative) =>
      alternative.replace('iptables', `ip${family}tables`),
    ))
      symlinkSync('xtables-nft-multi', path.join(usr, 'sbin', name))
  for (const name of ['etc', 'usr/share']) rmSync(path.join(folder, name), { recursive: true, force: true })
}

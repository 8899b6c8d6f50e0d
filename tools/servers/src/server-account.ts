import { execa } from 'execa'
import { getuid } from 'node:process'

/** Debian's and most other systems' account for processes that own nothing. */
const NOBODY = 65534

/** Who a server runs as: databases refuse root, so under root it is nobody; otherwise this program's own user. */
export function serverAccount(): { uid: number; gid: number } | undefined {
  return getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined
}

/** Make a folder with all that is in it the account's under which servers run. */
export async function giveToServer(folder: string): Promise<void> {
  const account = serverAccount()
  if (account) await execa('chown', ['-R', `${account.uid}:${account.gid}`, folder])
}

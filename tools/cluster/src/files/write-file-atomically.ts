import { open, rename } from 'node:fs/promises'

/** Write a file so that a reader, or a crash, sees the old text or the new one, never a part. */
export async function writeFileAtomically(file: string, text: string, mode = 0o644): Promise<void> {
  const draft = `${file}.${process.pid}.draft`
  const handle = await open(draft, 'w', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}

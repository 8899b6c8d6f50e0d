import { execa, ExecaError } from 'execa'
import { arch, platform } from 'node:process'
import { FindingsError } from '@opencore/contract/findings'

/** The first Go that fetches newer ones itself when a go.mod asks for them (go.dev/doc/toolchain). */
export const LEAST_GO = '1.21.0'

const GOOS: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' }
const GOARCH: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', ia32: '386' }

/** Go's names of the machine that runs this. */
export const goPlatform = { os: GOOS[platform] ?? platform, arch: GOARCH[arch] ?? arch }

/**
 * The environment of every go command of ours: the same build on every machine whatever the user set with
 * `go env -w`. An empty GOFLAGS would fall back to that file, so it is set to the one flag that always holds.
 */
export const goEnvironment = {
  CGO_ENABLED: '0',
  GOARCH: goPlatform.arch,
  GOFLAGS: '-mod=readonly',
  GOOS: goPlatform.os,
  GOTOOLCHAIN: 'auto',
  GOWORK: 'off',
}

let version: Promise<string | undefined> | undefined

/** The installed Go, such as `1.26.8`; undefined where there is none. Asked once per process (about 10 ms). */
export function findGo(): Promise<string | undefined> {
  version ??= askGo()
  return version
}

async function askGo(): Promise<string | undefined> {
  try {
    const { stdout } = await execa('go', ['env', 'GOVERSION'], { env: { GOTOOLCHAIN: 'local' } })
    return stdout.replace(/^go/, '')
  } catch (error) {
    if (error instanceof ExecaError) return undefined
    throw error
  }
}

/** The installed Go's version. Throws a FindingsError with PREREQUISITE_MISSING where there is none, or too old a one. */
export async function requireGo(): Promise<string> {
  const found = await findGo()
  if (found !== undefined && compareVersions(found, LEAST_GO) >= 0) return found
  throw new FindingsError([
    {
      code: 'PREREQUISITE_MISSING',
      severity: 'error',
      at: { file: 'tools/toolchain' },
      found: found === undefined ? 'no go command on the PATH' : `Go ${found}`,
      wanted: `Go ${LEAST_GO} or later, which builds the pinned tools from source`,
      next: 'install Go from https://go.dev/dl and run the command again',
    },
  ])
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b`; numbers only, as `1.26.8`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)]
  const difference = left.findIndex((part, index) => part !== (right[index] ?? 0))
  return difference === -1 ? 0 : (left[difference] ?? 0) - (right[difference] ?? 0)
}

const numbers = (version: string) => {
  const parts = version.split(/[.\-+rc]+/).map(Number)
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0].map((part) => (Number.isNaN(part) ? 0 : part))
}

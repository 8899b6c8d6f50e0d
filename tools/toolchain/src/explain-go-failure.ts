import type { Finding } from '@opencore/contract'

const NETWORK =
  /dial tcp|no such host|i\/o timeout|connection (refused|reset)|TLS handshake|: 40[0-9] |: 5[0-9]{2} |proxyconnect|module lookup disabled/i
const SPACE = /no space left on device/i
const CHECKSUM = /checksum mismatch|SECURITY ERROR/

/** Lines of the go command that are worth showing: its last ones, where the reason is. */
const SHOWN_LINES = 8

/**
 * Turn the output of a failed go command into one finding. `file` is the go.mod relative to the workspace,
 * `what` names what was to be had, such as `kwok 0.8.0`.
 */
export function explainGoFailure(file: string, what: string, output: string): Finding {
  const lines = output.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('go: downloading'))
  const shown = lines.slice(-SHOWN_LINES).map((line) => `        ${line}`)
  const { code, wanted, next } = diagnose(output)
  return {
    code,
    severity: 'error',
    at: { file },
    found: `go could not build ${what}`,
    wanted,
    next: [`${next}; go said:`, ...shown].join('\n'),
  }
}

function diagnose(output: string): Pick<Finding, 'code' | 'wanted' | 'next'> {
  if (CHECKSUM.test(output))
    return {
      code: 'TOOL_CHECKSUM',
      wanted: 'modules that are what go.sum and the checksum database say',
      next: 'do not go on: find out who serves these modules (go env GOPROXY GOSUMDB)',
    }
  if (SPACE.test(output))
    return {
      code: 'TOOL_BUILD_FAILED',
      wanted: 'about 10 GB of free space while the tools are built',
      next: 'free some space (or name another folder with OPENCORE_CACHE) and run the command again: it resumes',
    }
  if (NETWORK.test(output))
    return {
      code: 'TOOL_DOWNLOAD_FAILED',
      wanted: 'a Go module proxy that answers (go env GOPROXY)',
      next: 'connect, or set GOPROXY to one you can reach, and run the command again: it resumes where it was',
    }
  return {
    code: 'TOOL_BUILD_FAILED',
    wanted: 'a build that succeeds',
    next: 'run the command again (it resumes); if it fails the same way, report it with these lines',
  }
}

import type { Finding } from '@opencore/contract'

/** Helm's own message about a release that does not render, at the values it was given. */
export function renderFailed(valuesFile: string, message: string): Finding {
  return {
    code: 'RENDER_FAILED',
    severity: 'error',
    at: { file: valuesFile },
    found: message.trim(),
    wanted: 'values that the chart renders',
    next: 'correct the values in environments/, then run: opencore generate',
  }
}

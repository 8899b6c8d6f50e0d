import type { HubWanted } from './hub/hub-wanted.ts'
import type { Row } from './row.ts'

/** Production's hub, where nothing is wanted yet but one key. */
export const someHub = {
  context: 'hub',
  namespace: 'argocd',
  tested: 'v3.6.1',
  git: 'https://github.com/bank/infrastructure.git',
  hub: 'hub/production',
  hubs: new Map<string, string>(),
  environments: [{ name: 'prod', signingKeys: ['7B1D5C0A94E2F836'] }],
  lessons: [],
} satisfies HubWanted

/** Rows as tests compare them: state, what, found, wanted, and what mends it. */
export function showRows(rows: readonly Row[]): string {
  return rows
    .map(({ state, what, found, wanted, next }) =>
      [`${state} ${what}: ${found} | wanted ${wanted}`, ...(next === undefined ? [] : [`  ${next}`])].join(
        '\n',
      ),
    )
    .join('\n')
}

import { asList, asRecord, asText, isRecord, read } from '@opencore/verify'
import { execa } from 'execa'
import { pageOf } from '../deliver/propose.ts'
import type { Seen } from './row.ts'

/** Rules of GitHub that hold for a branch, and who is above them. */
export interface Protection {
  rules: readonly { type: string; parameters: Record<string, unknown> }[]
  /** Kinds and ids of whoever may bypass the rulesets that they come from; GitHub tells that to few. */
  bypass: Seen<readonly string[]>
}

/** Asks GitHub in this user's name; what it does not answer is said in its own words. */
type AskGithub = (path: string) => Promise<Seen<unknown>>

/** What `gh` asks, and where: a repository of GitHub's, by its address; nothing of any other. */
export function githubOf(git: string): { host: string; repository: string } | undefined {
  const [, host = '', repository = ''] = /^https:\/\/([^/]+)\/([^/]+\/[^/]+)$/.exec(pageOf(git) ?? '') ?? []
  return /(^|\.)github\.|\.ghe\.com$/.test(host) ? { host, repository } : undefined
}

/** Through `gh`, which knows who the user is. */
function askGithub(host: string): AskGithub {
  return async (path) => {
    const { exitCode, stdout, stderr, failed, code } = await execa('gh', ['api', '--hostname', host, path], {
      env: { GH_PROMPT_DISABLED: '1', GH_NO_UPDATE_NOTIFIER: '1', NO_COLOR: '1' },
      reject: false,
      stdin: 'ignore',
      timeout: 60_000,
    })
    if (code === 'ENOENT') return { hidden: 'gh is not installed' }
    if (failed || exitCode !== 0) return { hidden: `gh says: ${lastLine(stderr)}` }
    try {
      return { value: JSON.parse(stdout) as unknown }
    } catch {
      return { hidden: 'gh answers no JSON' }
    }
  }
}

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? ''
  return line === '' ? 'nothing' : line.replace(/^gh: /, '')
}

/** The protection of refs of a repository, by ref: of one of GitHub's what `gh` says, of others nothing. */
export async function readProtections(
  git: string,
  refs: readonly string[],
): Promise<ReadonlyMap<string, Seen<Protection>>> {
  const github = githubOf(git)
  const ask = github && askGithub(github.host)
  const seen = refs.map(async (ref): Promise<[string, Seen<Protection>]> => [
    ref,
    github && ask
      ? await readProtection(ask, github.repository, ref)
      : { hidden: 'git does not say; docs/first-cluster.md has the rules' },
  ])
  return new Map(await Promise.all(seen))
}

/** The rules that hold for a branch, whether it is there yet or not (https://docs.github.com/rest/repos/rules). */
async function readProtection(ask: AskGithub, repository: string, ref: string): Promise<Seen<Protection>> {
  const seen = await ask(`repos/${repository}/rules/branches/${encodeURIComponent(ref)}?per_page=100`)
  if ('hidden' in seen) return seen
  const rules = asList(seen.value).filter(isRecord)
  const rulesets = [...new Set(rules.map((rule) => read(rule, 'ruleset_id')))]
  const asked = await Promise.all(
    rulesets.map((id) => ask(`repos/${repository}/rulesets/${String(id)}`).then(readBypass)),
  )
  const hidden = asked.find((each) => 'hidden' in each)
  const above = asked.flatMap((each) => ('hidden' in each ? [] : each.value))
  return {
    value: {
      rules: rules.map((rule) => ({
        type: asText(rule['type']) ?? '',
        parameters: asRecord(rule['parameters']),
      })),
      bypass: hidden ?? { value: [...new Set(above)] },
    },
  }
}

/** Only who may change a ruleset is told who is above it; everybody is told whether they are themselves. */
function readBypass(seen: Seen<unknown>): Seen<readonly string[]> {
  if ('hidden' in seen) return seen
  if (read(seen.value, 'current_user_can_bypass') === 'always') return { value: ['whoever asks here'] }
  const actors = read(seen.value, 'bypass_actors')
  if (!Array.isArray(actors)) return { hidden: 'GitHub tells it to those who may change the rules' }
  return {
    value: actors.map((actor) => `${String(read(actor, 'actor_type'))} ${String(read(actor, 'actor_id'))}`),
  }
}

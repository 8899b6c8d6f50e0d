import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './opencore.ts'

/** Of GitHub's, which is a folder here. */
export const repository = 'bank/platform'

/** Variables of every step: git finds a folder where GitHub is, and `gh` says what the test has put down, and notes what it was told. */
export async function makeGithub(scratch: string, github: string): Promise<Record<string, string>> {
  const config = `[url "${github}"]\n  insteadOf = https://github.com/${repository}\n`
  await writeFile(join(scratch, 'gitconfig'), config)
  await mkdir(join(scratch, 'bin'))
  await mkdir(join(scratch, 'gnupg'), { mode: 0o700 })
  const gh = `#!/bin/bash
echo "$@" >> '${scratch}/said'
case "$1 $2 $*" in
  'pr view'*) cat '${scratch}/pull.json' ;;
  'pr list'*--jq*) jq --raw-output --arg head "$6" '.[] | select(.headRefName == $head) | .number' \\
    '${scratch}/pulls.json' 2> /dev/null || true ;;
  'pr list'*) cat '${scratch}/pulls.json' 2> /dev/null || echo '[]' ;;
  api*commits*) echo "$ASKED_BY" ;;
  api*--paginate*comments*) cat '${scratch}/comment' ;;
  api*reviews*) cat '${scratch}/reviews.json' ;;
  api*collaborators/approver/permission*) echo write ;;
  api*collaborators/*/permission*) echo read ;;
esac
`
  await writeFile(join(scratch, 'bin/gh'), gh)
  await chmod(join(scratch, 'bin/gh'), 0o755)
  return {
    PATH: `${join(scratch, 'bin')}:${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
    GNUPGHOME: join(scratch, 'gnupg'),
    GIT_CONFIG_GLOBAL: join(scratch, 'gitconfig'),
    RUNNER_TEMP: scratch,
    GITHUB_OUTPUT: join(scratch, 'output'),
    GITHUB_ACTOR: 'requester',
    GITHUB_REPOSITORY: repository,
    GITHUB_REPOSITORY_OWNER: 'Bank',
    GH_REPO: repository,
    NUMBER: '7',
    ASKED_BY: 'requester',
  }
}

import type { KubernetesObject } from '@opencore/cluster'
import { asText, read } from '@opencore/verify'
import type { Answers } from '../check.ts'
import { readSigningKey, type SigningKey } from '../read-signing-key.ts'
import { judge, ok, wrong, wrongSoon, type Row, type Seen, type Subject } from '../row.ts'
import { configMapOf } from './argocd-settings.ts'
import type { HubWanted } from './hub-wanted.ts'
import { idsOf, KEYS, teachKey } from './signing-keys.ts'

/** Long enough to make a new one, have it reviewed and bring it to where it is needed. */
const DAYS = 30
const DAY_MS = 86_400_000

/** Whether the keys that the hub has still count, and for how long: `signingKeys` says which are there. */
export async function lookAtKeys(wanted: HubWanted, answers: Answers): Promise<Row[]> {
  const ids = idsOf(wanted)
  if (ids.length === 0) return []
  const seen = answers(configMapOf(wanted, KEYS))
  if ('hidden' in seen) return []
  const rows = ids.map(async (id) => {
    const text = textOf(seen.value, id)
    return text === undefined ? [] : [describeKey(wanted, id, await readSigningKey(text), new Date())]
  })
  return (await Promise.all(rows)).flat()
}

/** Nothing of what is no key: that row is there already. */
function textOf([configMap]: readonly KubernetesObject[], id: string): string | undefined {
  const text = asText(read(configMap, 'data', id))
  return text?.includes('BEGIN PGP PUBLIC KEY BLOCK') ? text : undefined
}

/** Argo CD takes nothing by a key that has expired, what it signed before neither: a hub would stop as a whole. */
export function describeKey(wanted: HubWanted, id: string, seen: Seen<SigningKey>, now: Date): Row {
  const subject = {
    what: `signing key ${id}: validity`,
    wanted: `valid for ${DAYS} days: once it has expired, Argo CD takes nothing that it ever signed`,
    next: teachKey(wanted, id),
  }
  return judge(subject, seen, (key) => judgeKey(subject, key, now))
}

function judgeKey(subject: Subject, { signs, expires, fingerprint, hasSubkeys }: SigningKey, now: Date): Row {
  if (!signs)
    return wrong(
      {
        ...subject,
        next: '# another key, in signingKeys of environments/tiers: docs/first-cluster.md, Production',
      },
      'it was revoked, or was never made to sign',
    )
  if (expires === undefined) return ok(subject, 'it does not expire')
  const date = expires.toISOString().slice(0, 10)
  const renew = [`gpg --quick-set-expire ${fingerprint} 1y`]
  if (hasSubkeys) renew.push(`gpg --quick-set-expire ${fingerprint} 1y '*'`)
  const late = {
    ...subject,
    next: `${[...renew, subject.next].join(' && ')} # then SIGNING_KEY of GitHub's environments`,
  }
  const days = Math.floor((expires.getTime() - now.getTime()) / DAY_MS)
  if (days < 0) return wrong(late, `it expired on ${date}`)
  return days < DAYS ? wrongSoon(late, `until ${date}, in ${days} days`) : ok(subject, `until ${date}`)
}

import type { Finding } from './finding.ts'
import { isObject } from './json-schema.ts'
import { isMergeOperator } from './merge-operators.ts'
import { isLiteral, isSecretName, recognizeSecret } from './recognize-secret.ts'

/** The annotation that names what only looks like a secret: of variables, keys or flags, with commas between. */
const notSecret = 'opencore.dev/not-secret'

/** A secret in plain: where, under which name, and what it is; never its value. */
export interface PlainSecret {
  path: readonly (string | number)[]
  /** The variable, key or flag whose value it is. */
  name: string
  what: string
}

/**
 * The secrets that stand in plain in values or in a rendered object: what has the form of one, under whatever key, and
 * any text under a variable's name that promises one (`DB_PASSWORD`, `spring.datasource.password`).
 * @param exempt names that people declared to be none
 */
export function findSecrets(root: unknown, exempt: ReadonlySet<string> = new Set()): PlainSecret[] {
  const found: PlainSecret[] = []
  visit(root, [], '')
  return found

  function visit(value: unknown, path: PlainSecret['path'], name: string): void {
    if (isMergeOperator(value))
      visit('items' in value ? value.items : 'value' in value ? value.value : [], path, name)
    else if (Array.isArray(value)) visitList(value, path, name)
    else if (isObject(value)) visitMap(value, path)
    else if (typeof value === 'string' || typeof value === 'number') judge(String(value), path, name)
  }

  function judge(text: string, path: PlainSecret['path'], name: string): void {
    if (exempt.has(name)) return
    const isNamed = isVariable(name) && isSecretName(name) && isLiteral(text)
    const what = isNamed ? 'a secret' : recognizeSecret(text)
    if (what !== undefined) found.push({ path, name, what })
  }

  function visitMap(map: Record<string, unknown>, path: PlainSecret['path']): void {
    const isSecret = map['kind'] === 'Secret' && typeof map['apiVersion'] === 'string'
    for (const [key, value] of Object.entries(map)) {
      const inside = [...path, key]
      if (isSecret && (key === 'data' || key === 'stringData')) visitSecret(value, inside)
      else if (key !== notSecret)
        // The variable's name stands beside its value.
        visit(value, inside, key === 'value' && typeof map['name'] === 'string' ? map['name'] : key)
    }
  }

  /** What a Secret holds is one, whatever it looks like. */
  function visitSecret(data: unknown, path: PlainSecret['path']): void {
    if (!isObject(data)) return
    for (const [name, value] of Object.entries(data))
      if (value !== '' && !exempt.has(name))
        found.push({ path: [...path, name], name, what: 'what is to be secret' })
  }

  function visitList(items: readonly unknown[], path: PlainSecret['path'], name: string): void {
    for (const [index, item] of items.entries()) {
      // `--db-password=x`, or `--db-password` and its value as the next argument.
      const [, own, text] = match(/^--?([\w.-]+)=(.*)$/s, item)
      const [, before] = match(/^-/, item).length > 0 ? [] : match(/^--?([\w.-]+)$/, items[index - 1])
      visit(text ?? item, [...path, index], own ?? before ?? name)
    }
  }
}

const match = (pattern: RegExp, value: unknown): readonly string[] =>
  (typeof value === 'string' ? pattern.exec(value) : null) ?? []

/** What a finding says of it, beside its place; `place` is how people write its path. */
export function describeSecret({ name, what }: PlainSecret, place: string): Omit<Finding, 'at' | 'severity'> {
  return {
    code: 'SECRET_IN_PLAIN',
    found: `${place} holds ${what} in plain`,
    wanted: 'a reference to a Secret: whoever reads the repository or the object reads the value',
    next: `revoke it, put a new one into a Secret and refer to that (secretKeyRef); if it is none, say so on any object of the release: annotation ${notSecret}: ${name}`,
  }
}

/** The names that annotations anywhere in these values or objects declare to be no secrets. */
export function listNotSecret(root: unknown): string[] {
  if (Array.isArray(root)) return root.flatMap(listNotSecret)
  if (!isObject(root)) return []
  return Object.entries(root).flatMap(([key, value]) =>
    key === notSecret && typeof value === 'string' ? (value.match(/[^\s,]+/g) ?? []) : listNotSecret(value),
  )
}

/**
 * Whether a name is one of a variable, a property or a flag (`DB_PASSWORD`, `datasource.password`, `db-password`): keys
 * of values and of Kubernetes are camelCase, and hold the names of Secrets.
 */
function isVariable(name: string): boolean {
  return /^[A-Z0-9_]+$|[._-]/.test(name)
}

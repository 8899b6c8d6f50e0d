import { Script } from 'node:vm'
import { isObject, type PlannedFile } from '@opencore/contract'

/** What a definition file says. */
export interface Definition {
  path: string
  /** `defineService`, and so on. */
  define: string
  name: string
  /** What it is for, in a sentence. */
  about: string
  value: Readonly<Record<string, unknown>>
}

/** A definition as the files beside it are written; how long lines are is left to the formatter. */
export function printDefinition({ path, define, name, about, value }: Definition): PlannedFile {
  const text = [
    `import { ${define} } from '@opencore/model/define'`,
    '',
    `/** ${about} */`,
    `export const ${nameConstant(name, define)} = ${define}(${printValue(value)})`,
  ].join('\n')
  return { path, text: `${text}\n` }
}

/** As in the files that people wrote: a line for each key, and for each of a map that holds maps; what is deeper stays in one. */
function printValue(value: unknown, depth = 0): string {
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}: ${printValue(inner, depth + 1)}`,
  )
  const isOpen = depth === 0 || (depth === 1 && Object.values(value).some(isObject))
  return isOpen ? `{\n${entries.join(',\n')} }` : `{ ${entries.join(', ')} }`
}

/** `edge-gateway` is `edgeGateway`; what the language keeps for itself has the kind behind it: `exportService`. */
export function nameConstant(name: string, define: string): string {
  const constant = name.replaceAll(/-+(\w)/g, (_, letter: string) => letter.toUpperCase())
  return isReserved(constant) || constant === define ? `${constant}${define.replace('define', '')}` : constant
}

/** Compiled and not run. */
function isReserved(constant: string): boolean {
  try {
    new Script(`'use strict'; const ${constant} = async () => 0`)
    return constant === 'await'
  } catch {
    return true
  }
}

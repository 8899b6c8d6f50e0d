import { parseSync, type Expression, type Program } from 'oxc-parser'

/** The constants at the top of a module, by name: exported ones under the name they are exported by, too. */
export type Constants = ReadonlyMap<string, Expression>

/**
 * The constants of a TypeScript module. A module that does not parse has none: the bundler has already said so,
 * with a better message than positions could give.
 */
export function parseExports(file: string, text: string): Constants {
  const { program, errors } = parseSync(file, text, { preserveParens: false })
  return errors.length > 0 ? new Map() : collectConstants(program)
}

function collectConstants(program: Program): Constants {
  const constants = new Map<string, Expression>()
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations)
      if (id.type === 'Identifier' && init) constants.set(id.name, init)
  }
  for (const statement of program.body) {
    if (statement.type !== 'ExportNamedDeclaration') continue
    for (const { local, exported } of statement.specifiers) {
      const value = local.type === 'Identifier' ? constants.get(local.name) : undefined
      if (value && exported.type === 'Identifier') constants.set(exported.name, value)
    }
  }
  return constants
}

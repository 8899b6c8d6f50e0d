/**
 * A name that somebody else chose, for messages and terminals: one line, without control characters and what else is not
 * seen, each run of which becomes `?`.
 */
export const sayPlainly = (name: string): string => name.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, '?')

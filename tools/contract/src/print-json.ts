/** JSON as it is committed: two spaces, a line break at the end. */
export const printJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

/** Where a server of a test is, instead of where a container has it. */
export interface OpenBaoPlace {
  /** Its `/openbao`. */
  folder: string
  port: number
  clusterPort: number
}

/** The text of a configuration or a script of a container, with folders and ports of the test's. */
export function localiseOpenBao(text: string, { folder, port, clusterPort }: OpenBaoPlace): string {
  return text
    .replaceAll('/openbao/', `${folder}/`)
    .replaceAll('"[::]:8200"', `"127.0.0.1:${port}"`)
    .replaceAll('"[::]:8201"', `"127.0.0.1:${clusterPort}"`)
}

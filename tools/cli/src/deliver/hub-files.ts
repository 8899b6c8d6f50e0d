/** Whether a generated file is one of Argo CD's own objects for an environment: what its hub's ref holds. */
export function isHubFile(path: string, environment: string): boolean {
  const folder = `argocd/${environment}/`
  const name = path.startsWith(folder) ? path.slice(folder.length) : ''
  return name === 'bootstrap.yaml' || /^(applicationsets|projects)\/[^/]+$/.test(name)
}

import type { ChartFolder } from '@opencore/charts'

/** The page of a chart repository: what is in it, and how to install from it. */
export function printReadme(charts: readonly ChartFolder[]): string {
  const rows = charts.map(
    ({ name, version, manifest }) => `| ${name} | ${version} | ${manifest.description ?? ''} |`,
  )
  return `# OpenCore charts

| chart | version | what |
| ----- | ------- | ---- |
${rows.join('\n')}

With \`ADDRESS\` for where this folder is served:

\`\`\`sh
helm repo add opencore "$ADDRESS"
helm show readme opencore/service
helm install accounts opencore/service --namespace banking-services --values accounts.yaml
\`\`\`

A private repository asks for a name and a password; helm reads the password from its input, so that no shell keeps it:

\`\`\`sh
helm repo add opencore "$ADDRESS" --username "$NAME" --password-stdin < password.txt
\`\`\`

What a package must hold is in \`charts.lock\`, by this line:

\`\`\`sh
tar -xzf CHART-VERSION.tgz && find CHART -type f ! -name Chart.lock | LC_ALL=C sort | xargs sha256sum | sha256sum
\`\`\`
`
}

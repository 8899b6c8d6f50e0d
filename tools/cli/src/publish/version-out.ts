import type { Finding } from '@opencore/contract'
import type { ChartPackage } from './chart-package.ts'

/** A version that is out never changes: whoever has it pinned would get something else under its name. */
export const versionOut = (
  { chart: { name, version, folder }, content }: ChartPackage,
  destination: string,
  out: string,
): Finding => ({
  code: 'VERSION_OUT',
  severity: 'error',
  at: { file: `${folder}/Chart.yaml` },
  found: `${name} ${version} is out at ${destination} and holds ${out}; here it holds ${content}`,
  wanted: 'a version that is out stays as it is',
  next: `raise \`version\` in ${folder}/Chart.yaml, then: opencore package`,
})

/** Anybody who may push may put a bill of materials beside a package, and scanners believe it. */
export const billDiffers = (
  { chart: { name, version, folder } }: ChartPackage,
  file: string,
  says: string,
): Finding => ({
  code: 'BILL_DIFFERS',
  severity: 'error',
  at: { file },
  found: `a bill of materials beside ${name} ${version} ${says}`,
  wanted: 'what the package itself names by its default values',
  next: `find out who put it there and remove it; or raise \`version\` in ${folder}/Chart.yaml, then: opencore package`,
})

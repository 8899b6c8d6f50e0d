import { rename, rm } from 'node:fs/promises'
import { buildPackages, type PackageRequest } from './build-packages.ts'
import { indexRepository } from './index-repository.ts'

/** Build a chart repository from nothing; the folder at `destination` is replaced as a whole. */
export async function packageCharts(destination: string, request: PackageRequest): Promise<void> {
  const fresh = `${destination}.new`
  await rm(fresh, { recursive: true, force: true })
  await buildPackages(fresh, request)
  await indexRepository(fresh, request.helm, request.epoch)
  await rm(destination, { recursive: true, force: true })
  await rename(fresh, destination)
}

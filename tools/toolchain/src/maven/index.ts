export type { Artifact } from './maven-central.ts'
export { fetchArtifacts, REPOSITORY, UnreachableError } from './maven-central.ts'
export { readJars } from './read-jars.ts'

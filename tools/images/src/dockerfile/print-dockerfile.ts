import type { PackageSet } from '@opencore/toolchain/debian'
import { UNREAD } from '@opencore/toolchain/debian'
import { REPOSITORY } from '@opencore/toolchain/maven'
import type { ImageSettings, Recipe, Stage, Step } from '../recipe/recipe.ts'

/**
 * Whose apt and dpkg-deb get packages; nothing of its own is in an image. The digest is of the index for all platforms.
 */
const DEBIAN =
  'docker.io/library/debian:forky-slim@sha256:91b0aaebf7a1ccacfe7a9cbff6ab2d6be7d9b3b6cf1dfcf44b25f9095c0e0464'

/** A recipe as a builder reads it (BuildKit's Dockerfile 1.7 and later). Its folder is the context. */
export function printDockerfile({ name, stages, settings }: Recipe): string {
  const head = [
    `# Generated from the recipe of ${name} in tools/images/src/recipe. Do not edit: npx vitest -u tools/images`,
    `# docker build --tag ${name} images/${name}`,
  ]
  return (
    [head, ...stages.map(printStage), printSettings(settings)].map((lines) => lines.join('\n')).join('\n\n') +
    '\n'
  )
}

function printStage(stage: Stage): string[] {
  const { name, about, steps } = stage
  const own = [`# ${about}.`, `FROM ${'from' in stage ? stage.from : 'scratch'} AS ${name}`]
  const lines = steps.flatMap((step) => printStep(step))
  if ('from' in stage) return [...own, ...lines]
  return [
    ...printPackages(stage.packages),
    '',
    ...own,
    `COPY --from=${stage.packages.name}-packages /files /`,
    ...lines,
  ]
}

/** Packages are unpacked and never installed: what their scripts would do is not done. */
function printPackages({ name, packages }: PackageSet): string[] {
  return [
    `FROM ${DEBIAN} AS ${name}-packages`,
    'WORKDIR /archives',
    'RUN apt-get update \\',
    `  && apt-get download ${packages.join(' ')} \\`,
    '  && for archive in *.deb; do dpkg-deb --extract "$archive" /files || exit 1; done \\',
    `  && rm -rf ${UNREAD.map((folder) => `/files/${folder}`).join(' ')} /var/lib/apt/lists/* \\`,
    '  && ln -s usr/bin usr/lib usr/lib64 usr/sbin /files/',
  ]
}

function printStep(step: Step): string[] {
  if ('run' in step)
    return [
      `RUN --network=none --mount=type=tmpfs,target=/tmp ${JSON.stringify(step.run).replaceAll('","', '", "')}`,
    ]
  // hadolint wants an empty line behind a text.
  if ('write' in step) return [`COPY <<EOF ${step.to}`, step.write.replace(/\n$/, ''), 'EOF', '']
  if ('copy' in step)
    return [`COPY ${step.from === undefined ? '' : `--from=${step.from} `}${step.copy} ${step.to}`]
  return step.fetch.map(
    ({ sha256, path }) => `ADD --checksum=sha256:${sha256} --chmod=644 ${REPOSITORY}/${path} ${step.to}`,
  )
}

function printSettings({ labels, environment, user, entrypoint }: ImageSettings): string[] {
  const pairs = (all: Readonly<Record<string, string>>) =>
    Object.entries(all).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return [
    `LABEL ${pairs(labels).join(' \\\n  ')}`,
    `ENV ${pairs(environment).join(' ')}`,
    `USER ${user}`,
    `ENTRYPOINT [${entrypoint.map((word) => JSON.stringify(word)).join(', ')}]`,
  ]
}

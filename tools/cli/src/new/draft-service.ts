import { FindingsError, type Finding } from '@opencore/contract/findings'
import { imagePath, type Image, type Service } from '@opencore/model'
import { editImage } from '../images/edit-image.ts'
import { imageHeadline } from '../images/image-headline.ts'
import { parseImage } from '../images/parse-image.ts'
import { checkAbout } from './check-about.ts'
import { checkGiven, checkNames, refuseFlag } from './check-flags.ts'
import { checkName } from './check-name.ts'
import { checkRegistry } from './check-registry.ts'
import type { Draft, DraftRequest, Sources } from './draft.ts'
import { findGateway } from './find-gateway.ts'
import { listFirstRing, listNamespaces, listReleases, namesOf, type KnownNames } from './known-names.ts'
import { listNext } from './list-next.ts'
import { printDefinition } from './print-definition.ts'
import { readOutside, type OutsideFlags } from './read-outside.ts'
import { readUses, type UsesFlags } from './read-uses.ts'

export interface ServiceFlags extends UsesFlags, OutsideFlags {
  about?: string | undefined
  team?: string | undefined
  namespace?: string | undefined
  image?: string | undefined
  port?: number | undefined
}

/** A service: its definition and what it runs, in the first ring alone. */
export function draftService(name: string, flags: ServiceFlags): DraftRequest {
  return {
    noun: 'service',
    name,
    check: (known, sources) => [
      ...checkName('service', name, listReleases(known)),
      ...checkGiven([
        ['--about', flags.about, 'what it does, in a sentence'],
        ['--team', flags.team, `who owns it: one of ${namesOf(known.teams).join(', ')}`],
        ['--namespace', flags.namespace, `where it runs, such as ${listNamespaces(known).join(', ')}`],
        ['--image', flags.image, 'what it runs: <repository>:<tag>@<digest>'],
      ]),
      ...checkAbout(flags.about),
      ...checkNames('--team', 'team', flags.team === undefined ? [] : [flags.team], namesOf(known.teams)),
      ...(flags.image === undefined ? [] : checkImage(flags.image, sources)),
      ...readUses(flags, known).findings,
      ...readOutside(flags).findings,
      ...(flags.edge === undefined ? [] : findGateway(sources).findings),
    ],
    write: (known, sources) => write(name, flags, known, sources),
  }
}

function write(name: string, flags: ServiceFlags, known: KnownNames, sources: Sources): Draft {
  const { about = '', team = '', namespace = '', port, image: reference = '' } = flags
  const { repository, image } = readImage(reference)
  const { external, secrets, edge } = readOutside(flags)
  const uses = {
    ...readUses(flags, known).uses,
    ...(external.length > 0 && { external }),
    ...(Object.keys(secrets).length > 0 && { secrets }),
  }
  const environments = listFirstRing(known)
  const value = {
    name,
    team,
    namespace,
    environments,
    ...(Object.keys(uses).length > 0 && { uses }),
    exposes: { services: true, ...(edge && { edge }), metrics: true },
    values: {
      ...(port !== undefined && { port }),
      image: { repository },
      ...(edge && { httpRoute: { parentRefs: findGateway(sources).parentRefs } }),
    },
  } satisfies Service
  const path = `environments/services/${name}.ts`
  return {
    files: [
      printDefinition({ path, define: 'defineService', name, about, value }),
      { path: imagePath(name), text: editImage(imageHeadline(name), image) },
    ],
    next: listNext(environments),
  }
}

function checkImage(text: string, sources: Sources): Finding[] {
  const { repository, findings } = readImage(text)
  return findings.length > 0 ? findings : checkRegistry(repository, sources)
}

/** Repository, tag and digest; the colon of a registry's port is not the one before the tag. */
function readImage(text: string): { repository: string; image: Image; findings: Finding[] } {
  const none = { repository: '', image: { tag: '', digest: '' } }
  const { repository, rest } = /^(?<repository>.+):(?<rest>[^:/@]*@.*)$/.exec(text)?.groups ?? {}
  if (repository === undefined || rest === undefined)
    return {
      ...none,
      findings: [
        refuseFlag('IMAGE_ARGUMENT', '--image', {
          found: `\`${text}\` does not say which image it is`,
          wanted: '<repository>:<tag>@<digest>: a tag can be moved, a digest cannot',
          next: 'take all three as the registry said them when the image was pushed',
        }),
      ],
    }
  try {
    return { repository, image: parseImage(rest), findings: [] }
  } catch (error) {
    if (!(error instanceof FindingsError)) throw error
    return { ...none, findings: error.findings.map((finding) => ({ ...finding, at: { file: '--image' } })) }
  }
}

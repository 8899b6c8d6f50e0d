import { groupOf, type Finding } from '@opencore/contract'
import type { AllowedKind, Project } from '../read-projects.ts'
import { complain, describeObject, type RenderedObject } from '../rendered-object.ts'
import type { Rule } from '../rule.ts'

export const projectAllowsObject: Rule = {
  id: 'PROJECT_REFUSES_OBJECT',
  reason: 'Argo CD refuses the whole sync of an Application for one object that its project does not allow.',
  check: (cluster) => {
    const projects = new Map(
      cluster.projects.flatMap((project) => project.releases.map((release) => [release, project])),
    )
    return cluster.objects.flatMap((rendered) => {
      const project = projects.get(rendered.release)
      return project === undefined ? [] : checkObject(project, rendered)
    })
  },
}

function checkObject(project: Project, rendered: RenderedObject): Finding[] {
  const { object } = rendered
  const { name, namespace } = object.metadata
  const title = describeObject(object)
  const group = groupOf(object)
  const list = namespace === undefined ? project.cluster : project.namespaced
  const findings: Finding[] = []
  if (!list.some((allowed) => allows(allowed, group, object.kind, name)))
    findings.push(
      complain(rendered, {
        code: projectAllowsObject.id,
        found: `${title} is a ${group === '' ? object.kind : `${object.kind}.${group}`}, which AppProject ${project.name} does not allow`,
        wanted: `one of the ${namespace === undefined ? 'cluster-wide' : 'namespaced'} kinds in the Chart.yaml of its chart`,
        next: 'remove the value that makes it, or let the platform team allow it there (opencore.dev/kinds, opencore.dev/cluster-kinds)',
      }),
    )
  if (namespace !== undefined && !project.namespaces.some((allowed) => matches(allowed, namespace)))
    findings.push(
      complain(rendered, {
        code: projectAllowsObject.id,
        found: `${title} is in namespace ${namespace}, which AppProject ${project.name} does not reach`,
        wanted: `one of ${project.namespaces.join(', ')}`,
        next: 'correct the namespace of the object or of its release',
      }),
    )
  return findings
}

/** Argo CD matches white lists as globs: https://argo-cd.readthedocs.io/en/stable/user-guide/projects/ */
function allows(allowed: AllowedKind, group: string, kind: string, name: string): boolean {
  return matches(allowed.group, group) && matches(allowed.kind, kind) && matches(allowed.name ?? '*', name)
}

function matches(glob: string, text: string): boolean {
  if (!glob.includes('*')) return glob === text
  const pattern = glob.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${pattern.join('.*')}$`).test(text)
}

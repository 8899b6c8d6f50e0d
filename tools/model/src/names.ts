import * as z from 'zod'

/**
 * A name that is safe as a folder, a git ref, a Kubernetes object and a DNS label: lower-case letters, digits and
 * dashes, first a letter, last not a dash. Everything else (`../x`, `CON.`, `a/b`) never reaches a path.
 */
const namePattern = /^[a-z]([-a-z0-9]*[a-z0-9])?$/

/** Helm cuts release names at 53 characters: https://helm.sh/docs/chart_template_guide/getting_started */
export const longestRelease = 53

/** An Application is called `<environment>-<release>` and labels its objects with that: 63 is the limit of a label. */
export const longestApplication = 63

export const nameSchema = z.string().regex(namePattern)

/** The file with the objects of a release, in the folder of its name on an environment's ref. */
export const RENDERED_FILE = 'manifests.yaml'

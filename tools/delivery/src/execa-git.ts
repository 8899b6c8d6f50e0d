import { execa } from 'execa'

/** No file can be there: of one that is, empty too, git says in every answer that grafts are deprecated. */
const NOWHERE = '/dev/null/grafts'

/**
 * How every call of git is made: an object is what its name says. A clone may hold objects that take the place of others
 * (`git replace`) and other parents of commits (`info/grafts`), which nobody pushes and nobody reviews: with them a commit that
 * was merged has another tree here.
 */
export const execaGit = execa({
  env: { GIT_NO_REPLACE_OBJECTS: '1', GIT_GRAFT_FILE: NOWHERE },
})

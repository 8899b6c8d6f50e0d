import type { Finding } from '@opencore/contract'
import { refuseFlag } from './check-flags.ts'

/** A sentence that becomes a comment: in one line, and not ending it. Nothing of one that is not given. */
export function checkAbout(about: string | undefined): Finding[] {
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  if (about === undefined || (about.trim() !== '' && !/[\u0000-\u001f\u007f\u2028\u2029]|\*\//.test(about)))
    return []
  return [
    refuseFlag('ABOUT_INVALID', '--about', {
      found: `${JSON.stringify(about)} is no comment`,
      wanted: 'a sentence in one line, without the end of a comment',
      next: 'say what it is for',
    }),
  ]
}

import { writeFileAtomically } from '../files/write-file-atomically.ts'
import type { ProcessIdentity } from '../processes/process-identity.ts'
import type { SupervisorState } from './supervisor-state.ts'

/** The supervisor's state on disk, for whoever follows or asks for the status. */
export interface Journal {
  update: (change: Partial<SupervisorState>) => void
  /** Add a line of progress, with the seconds since the start. */
  tell: (line: string) => void
  /** Resolves when the last change is on disk. */
  flush: () => Promise<void>
}

/** A journal of a supervisor that starts now; changes are written one after another. */
export function openJournal(file: string, supervisor: ProcessIdentity): Journal {
  const begin = Date.now()
  let state: SupervisorState = {
    supervisor,
    phase: 'starting',
    progress: [],
    processes: [],
    environments: [],
    findings: [],
  }
  let written = Promise.resolve()
  let pending = false
  const update = (change: Partial<SupervisorState>) => {
    state = { ...state, ...change }
    if (pending) return
    pending = true
    written = written.then(() => {
      pending = false
      return writeFileAtomically(file, `${JSON.stringify(state, null, 2)}\n`, 0o600)
    })
  }
  update({})
  return {
    update,
    tell: (line) => {
      const seconds = ((Date.now() - begin) / 1000).toFixed(1)
      update({ progress: [...state.progress, `${line} (${seconds} s)`] })
    },
    flush: () => written,
  }
}

import type { defineData } from '@opencore/model/define'

type Data = ReturnType<typeof defineData>

/** What a restore says: its own name and that of its archive, and until when; to the end of the old one's archive where no moment is given. */
export interface Restore {
  name: string
  /** Under which name it archives itself: one that nobody had before. */
  archive: string
  /** As PostgreSQL reads it, with a numeric offset. */
  targetTime?: string
}

type Modules = Readonly<Record<string, Readonly<Record<string, unknown>>>>

/** Nodes here have the processors of one machine, and an instance of the other is on each. */
const MODEST = { requests: { cpu: '100m' } }

/** The definition of a database that is made from another one's archive, as "Restore to a moment" of the chart's recipes has people write it. */
export function restoredData(of: Data, { name, archive, targetTime }: Restore, environment: string): Data {
  const values = of.values as { bootstrap?: object; backups?: object } | undefined
  const recovery = { serverName: of.name, ...(targetTime !== undefined && { target: { targetTime } }) }
  return {
    ...of,
    name,
    environments: [environment],
    values: {
      ...values,
      resources: MODEST,
      backups: { ...values?.backups, serverName: archive },
      bootstrap: { ...values?.bootstrap, method: 'recovery', recovery },
    },
  } as Data
}

/** The files of `environments/` with that definition among them. */
export function withRestored(
  modules: Modules,
  { source, environment }: { source: string; environment: string },
  restore: Restore | undefined,
): Modules {
  if (restore === undefined) return modules
  const of = Object.values(modules[`environments/data/${source}.ts`] ?? {})[0] as Data
  return {
    ...modules,
    [`environments/data/${restore.name}.ts`]: { restored: restoredData(of, restore, environment) },
  }
}

import { execa } from 'execa'
import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { isMissing } from '../files/read-if-present.ts'
import { repository } from './github.ts'
import { root } from './opencore.ts'

/** A job of a workflow, on a runner of its own. */
export interface Job {
  /** Of the checkout. */
  folder: string
  /** The folder of its runner, where artifacts are. */
  temp: string
  /** A step of a workflow or an action, by its name or its id, as a runner of GitHub's runs it. */
  runStep: (file: string, name: string) => Promise<{ exitCode?: number; output: string }>
}

/** Folders that a job hands over. */
export const ARTIFACTS = ['handed', 'charts']

/** @param env variables of every step */
export function openJob({ folder, temp, env }: Omit<Job, 'runStep'> & { env: Record<string, string> }): Job {
  const runStep: Job['runStep'] = async (file, name) => {
    const script = await readStep(file, name)
    const bash = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script]
    const { exitCode, all } = await execa('bash', bash, { cwd: folder, env, all: true, reject: false })
    return { ...(exitCode !== undefined && { exitCode }), output: all }
  }
  return { folder, temp, runStep }
}

/**
 * A job that comes after one on this runner: a new checkout of every branch, none of its keys, and of its files only what it
 * hands over.
 */
export async function startNext(scratch: string, env: Record<string, string>): Promise<Job> {
  const folder = join(scratch, 'next/checkout')
  const temp = join(scratch, 'next/temp')
  await rm(join(scratch, 'next'), { recursive: true, force: true })
  await execa('git', ['clone', '--quiet', '--no-local', `https://github.com/${repository}`, folder], { env })
  await mkdir(temp)
  for (const name of ARTIFACTS) await hand(join(scratch, name), join(temp, name))
  const keys = ['SIGNING_KEY', 'OPENCORE_CHARTS_KEY', 'GNUPGHOME']
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !keys.includes(name)))
  return openJob({ folder, temp, env: { ...rest, RUNNER_TEMP: temp, GITHUB_WORKSPACE: folder } })
}

async function hand(from: string, to: string): Promise<void> {
  try {
    await cp(from, to, { recursive: true, verbatimSymlinks: true })
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}

interface Step {
  name?: string
  id?: string
  run?: string
}

async function readStep(file: string, name: string): Promise<string> {
  const read = parse(await readFile(join(root, '.github', file), 'utf8')) as {
    runs?: { steps: Step[] }
    jobs?: Record<string, { steps: Step[] }>
  }
  const steps = [...(read.runs?.steps ?? []), ...Object.values(read.jobs ?? {}).flatMap((job) => job.steps)]
  const script = steps.find((step) => step.name === name || step.id === name)?.run
  if (script === undefined) throw new Error(`${file} has no step ${name} that runs`)
  return script
}

import { Option } from '@commander-js/extra-typings'

/** `-o, --output`: the first format is the default. */
export function outputOption<const Format extends string>(formats: readonly [Format, ...Format[]]) {
  return new Option('-o, --output <format>', 'how to print the result').choices(formats).default(formats[0])
}

/** `-e, --environment`: repeatable; none means all. */
export function environmentOption() {
  return new Option('-e, --environment <name...>', 'only these environments (repeatable)')
}

/** `-l, --selector`: labels are `environment`, `release`, `chart`, `namespace`, `purpose`. */
export function selectorOption() {
  return new Option(
    '-l, --selector <selector>',
    'only these releases, e.g. "chart=service,release in (accounts,cards)"',
  )
}

/** `--check`: compare instead of writing. */
export function checkOption() {
  return new Option('--check', 'write nothing; exit 1 and name the files that are stale').default(false)
}

/** `--nodes`: without it what the platform has, or simulated ones. */
export function nodesOption() {
  return new Option(
    '--nodes <kind>',
    'kubelets of one environment that run containers (root on Debian 12), or simulated ones; as it was started where left out',
  )
    .choices(['real', 'simulated'])
    .conflicts('context')
}

/** `--context`: a hub that is there, by the kubeconfig; never the current one by itself. */
export function contextOption() {
  return new Option(
    '--context <name>',
    'not on this machine: the hub that this context of your kubeconfig reaches',
  )
}

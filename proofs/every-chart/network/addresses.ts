import { asList, read, type RenderedObject } from '@opencore/verify'

const LAST = 2 ** 32 - 1

const toNumber = (address: string) =>
  address.split('.').reduce((total, part) => total * 256 + Number(part), 0)
const toText = (number: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')

/** Whether ranges of IPv4 addresses, such as `10.0.0.0-10.0.0.255, 10.1.0.0-10.1.0.0`, hold one. */
export function contains(ranges: string, address: string): boolean {
  const number = toNumber(address)
  return ranges.split(',').some((range) => {
    const [first = '', last = first] = range.trim().split('-')
    return toNumber(first) <= number && number <= toNumber(last)
  })
}

/** Whether a block of IPv4 addresses has one. */
export function isInBlock(block: string, address: string): boolean {
  const [first, last] = readBlock(block)
  const number = toNumber(address)
  return first <= number && number <= last
}

/**
 * IPv4 addresses that tell all blocks of NetworkPolicies apart: the first and the last of each, and its neighbours. What
 * policies say changes at these alone.
 */
export function listEdges(objects: readonly RenderedObject[]): string[] {
  const blocks = objects
    .filter(({ object }) => object.kind === 'NetworkPolicy')
    .flatMap(({ object }) => findBlocks(object['spec']))
  const edges = blocks.flatMap((block) => {
    const [first, last] = readBlock(block)
    return [first - 1, first, last, last + 1]
  })
  const inside = edges.filter((edge) => edge >= 0 && edge <= LAST)
  return [...new Set([0, ...inside, LAST])].sort((a, b) => a - b).map(toText)
}

/** The first and the last address of a block. */
function readBlock(block: string): [first: number, last: number] {
  const [address = '', length] = block.split('/')
  const size = 2 ** (32 - Number(length))
  const first = Math.floor(toNumber(address) / size) * size
  return [first, first + size - 1]
}

function findBlocks(spec: unknown): string[] {
  const peers = [
    ...asList(read(spec, 'ingress')).flatMap((rule) => asList(read(rule, 'from'))),
    ...asList(read(spec, 'egress')).flatMap((rule) => asList(read(rule, 'to'))),
  ]
  return peers
    .flatMap((peer) => [read(peer, 'ipBlock', 'cidr'), ...asList(read(peer, 'ipBlock', 'except'))])
    .filter((block) => typeof block === 'string')
    .filter((block) => !block.includes(':'))
}

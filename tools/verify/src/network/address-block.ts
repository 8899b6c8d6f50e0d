import ipaddr from 'ipaddr.js'

type Block = ReturnType<typeof ipaddr.parseCIDR>

/** Blocks by their text: an environment has a few, each of which policies and peers name thousands of times. */
const known = new Map<string, Block | undefined>()

function readBlock(text: string): Block | undefined {
  if (!known.has(text)) known.set(text, ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined)
  return known.get(text)
}

/** Whether every address of the inner block is in the outer one. Blocks that cannot be read contain nothing. */
export function containsBlock(outer: string, inner: string): boolean {
  const [around, within] = [readBlock(outer), readBlock(inner)]
  if (around === undefined || within === undefined) return false
  const [outerAddress, outerLength] = around
  const [innerAddress, innerLength] = within
  if (outerAddress.kind() !== innerAddress.kind() || innerLength < outerLength) return false
  return innerAddress.match(outerAddress, outerLength)
}

/** Whether the blocks share an address: then one contains the other. */
export function overlapsBlock(left: string, right: string): boolean {
  return containsBlock(left, right) || containsBlock(right, left)
}

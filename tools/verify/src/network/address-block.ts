import ipaddr from 'ipaddr.js'

/** Whether every address of the inner block is in the outer one. Blocks that cannot be read contain nothing. */
export function containsBlock(outer: string, inner: string): boolean {
  if (!ipaddr.isValidCIDR(outer) || !ipaddr.isValidCIDR(inner)) return false
  const [outerAddress, outerLength] = ipaddr.parseCIDR(outer)
  const [innerAddress, innerLength] = ipaddr.parseCIDR(inner)
  if (outerAddress.kind() !== innerAddress.kind() || innerLength < outerLength) return false
  return innerAddress.match(outerAddress, outerLength)
}

/** Whether the blocks share an address: then one contains the other. */
export function overlapsBlock(left: string, right: string): boolean {
  return containsBlock(left, right) || containsBlock(right, left)
}

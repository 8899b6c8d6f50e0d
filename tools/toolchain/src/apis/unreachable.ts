/** A pinned file can be had neither from the mirror nor by its URL; the message says why, on one line. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/**
 * What flows call an object store, from the URL of a folder in it: the bucket, whose addresses are those of its region;
 * for Azure the host of the account. None where it is no URL, which is left to the schema.
 */
export function bucketOf(url: string): string | undefined {
  return /^(?:[a-z][a-z0-9+]*:\/\/)?([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(url)?.[1]
}

/** Where an API server is and who asks, as a kubeconfig may say it: PEM texts, no paths. */
export interface Access {
  /** `https://127.0.0.1:PORT` */
  server: string
  /** Certificate of the authority that signed the server's; without it those that this machine trusts. */
  authority?: string
  /** The name in the server's certificate, where it is not the address. */
  serverName?: string
  certificate?: string
  key?: string
  /** Sent with each request. */
  token?: string
}

/** Access by a certificate, which is all that servers of our own know. */
export type Connection = Access & Required<Pick<Access, 'authority' | 'certificate' | 'key'>>

/** Where an API server is and who asks: all PEM texts, no paths. */
export interface Connection {
  /** `https://127.0.0.1:PORT` */
  server: string
  /** Certificate of the authority that signed the server's. */
  authority: string
  certificate: string
  key: string
}

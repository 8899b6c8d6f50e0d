/** Name and password of HTTP's basic authentication. */
export interface Credentials {
  username: string
  password: string
}

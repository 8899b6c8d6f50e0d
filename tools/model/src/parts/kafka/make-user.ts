import { textAt } from '../../read-value.ts'
import { secret, type Maker } from '../made.ts'
import { inheritedLabels } from './frame.ts'

const OPERATOR = 'strimzi-user-operator'

/** Which keys a user's Secret has, by how it logs in; there is none where its certificate is somebody else's. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  tls: ['ca.crt', 'user.crt', 'user.key', 'user.p12', 'user.password'],
  'scram-sha-512': ['password', 'sasl.jaas.config'],
}

/** What the User Operator makes of a KafkaUser: user-operator, model/KafkaUserModel.java. */
export const makeUser: Maker = (user) => {
  const { name, namespace = 'default' } = user.metadata
  const keys = KEYS[textAt(user, 'spec', 'authentication', 'type') ?? '']
  const labels = {
    ...inheritedLabels(user),
    'strimzi.io/kind': 'KafkaUser',
    'app.kubernetes.io/name': OPERATOR,
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/part-of': `strimzi-${name}`,
    'app.kubernetes.io/managed-by': OPERATOR,
  }
  return keys === undefined ? [] : [secret(name, { namespace, labels }, keys)]
}

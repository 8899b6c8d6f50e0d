import { definePlatformPart } from '@opencore/model/define'

/** The operator of collectors. */
export const openTelemetryOperator = definePlatformPart({
  name: 'opentelemetry-operator',
  namespace: 'opentelemetry-operator-system',
  podLabels: { 'app.kubernetes.io/name': 'opentelemetry-operator' },
})

import { createHash } from 'node:crypto'

/** A value as OTLP has it in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). */
export type AnyValue =
  | { stringValue: string }
  | { intValue: string }
  | { doubleValue: number }
  | { boolValue: boolean }
  | { bytesValue: string }
  | { arrayValue: { values?: AnyValue[] } }
  | { kvlistValue: { values?: Attribute[] } }

export interface Attribute {
  key: string
  value: AnyValue
}

export interface LogRecord {
  body?: AnyValue
  attributes?: Attribute[]
  eventName?: string
  severityText?: string
}

export interface Span {
  traceId: string
  spanId: string
  name: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes?: Attribute[]
  status?: { code?: number; message?: string }
  events?: { name: string; attributes?: Attribute[] }[]
  links?: { traceId: string; spanId: string; attributes?: Attribute[] }[]
  traceState?: string
}

interface Resource {
  resource?: { attributes?: Attribute[] }
}

export interface Logs {
  resourceLogs: (Resource & {
    scopeLogs: {
      scope?: { name?: string; version?: string; attributes?: Attribute[] }
      logRecords: LogRecord[]
    }[]
  })[]
}

export interface Traces {
  resourceSpans: (Resource & {
    scopeSpans: { scope?: { name?: string; attributes?: Attribute[] }; spans: Span[] }[]
  })[]
}

/** Whatever JSON has, as OTLP has it. */
export function valueOf(given: unknown): AnyValue {
  if (typeof given === 'string') return { stringValue: given }
  if (typeof given === 'boolean') return { boolValue: given }
  if (typeof given === 'bigint' || Number.isInteger(given)) return { intValue: String(given) }
  if (typeof given === 'number') return { doubleValue: given }
  if (Array.isArray(given)) return { arrayValue: { values: given.map(valueOf) } }
  return { kvlistValue: { values: attributesOf(given as Record<string, unknown>) } }
}

export function attributesOf(given: Record<string, unknown>): Attribute[] {
  return Object.entries(given).map(([key, value]) => ({ key, value: valueOf(value) }))
}

const service = { attributes: attributesOf({ 'service.name': 'payments' }) }

/** Records of one service. */
export function logsOf(logRecords: LogRecord[]): Logs {
  return { resourceLogs: [{ resource: service, scopeLogs: [{ scope: { name: 'proof' }, logRecords }] }] }
}

/** Spans of one service. */
export function tracesOf(spans: Span[]): Traces {
  return { resourceSpans: [{ resource: service, scopeSpans: [{ scope: { name: 'proof' }, spans }] }] }
}

/** A span that took so long; ids follow from a number, as random as those of SDKs: a share is taken by them. */
export function spanOf(trace: number, milliseconds: number, more: Partial<Span> = {}): Span {
  const start = BigInt(Date.now()) * 1_000_000n
  return {
    traceId: createHash('sha256').update(String(trace)).digest('hex').slice(0, 32),
    spanId: trace.toString(16).padStart(16, 'b'),
    name: 'GET /accounts',
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + BigInt(milliseconds) * 1_000_000n),
    ...more,
  }
}

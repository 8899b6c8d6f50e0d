import { attributesOf, spanOf, valueOf, type LogRecord, type Span } from './otlp.ts'

/** A record or a span that has a text somewhere, by the name of the place. */
export const inLog: Readonly<Record<string, (text: string) => LogRecord>> = {
  body: (text) => ({ body: valueOf(text) }),
  'map in a body': (text) => ({ body: valueOf({ message: 'x', deep: { list: [{ text }] } }) }),
  'list in a body': (text) => ({ body: valueOf(['x', text]) }),
  'name in a body': (text) => ({ body: valueOf({ [text]: 1 }) }),
  attribute: (text) => ({ body: valueOf('x'), attributes: attributesOf({ 'user.note': text }) }),
  'map in an attribute': (text) => ({ attributes: attributesOf({ request: { headers: { note: [text] } } }) }),
  'name of an attribute': (text) => ({ attributes: attributesOf({ [text]: true }) }),
  'name of the event': (text) => ({ body: valueOf('x'), eventName: text }),
}

/** The same of a span. */
export const inSpan: Readonly<Record<string, (text: string, trace: number) => Span>> = {
  name: (text, trace) => spanOf(trace, 1, { name: text }),
  message: (text, trace) => spanOf(trace, 1, { status: { code: 2, message: text } }),
  attribute: (text, trace) => spanOf(trace, 1, { attributes: attributesOf({ 'db.query.text': text }) }),
  'list in an attribute': (text, trace) =>
    spanOf(trace, 1, { attributes: attributesOf({ all: ['x', text] }) }),
  'name of an attribute': (text, trace) => spanOf(trace, 1, { attributes: attributesOf({ [text]: 1 }) }),
  'name of an event': (text, trace) => spanOf(trace, 1, { events: [{ name: text }] }),
  'attribute of an event': (text, trace) =>
    spanOf(trace, 1, { events: [{ name: 'x', attributes: attributesOf({ 'exception.message': text }) }] }),
  'attribute of a link': (text, trace) =>
    spanOf(trace, 1, {
      links: [{ traceId: '1'.repeat(32), spanId: '2'.repeat(16), attributes: attributesOf({ text }) }],
    }),
}

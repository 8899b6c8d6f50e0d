import type { DrillReport } from './drill-report.ts'
import { seconds } from './describe-drill.ts'

const WIDTH = 900
/** Left of the axis stand the names of servers. */
const LEFT = 130
const RIGHT = 20
const TOP = 40
const LANE = 46
const LINE = 18
/** Dark on light, at more than 4.5:1; servers beyond these share them. */
const COLORS = ['#1b5e8c', '#a34700', '#2e6b34', '#6a3d9a']
const BUCKETS = 200

/**
 * A picture of a run: above, for each server, how many rows it acknowledged when (bars) and when it answered as a primary
 * (line); numbered, what was done and seen; grey, the longest time in which nothing was acknowledged.
 */
export function drawTimeline(report: DrillReport): string {
  const { drill, began, marks, acknowledged, answers } = report
  const moments = [began, ...[...marks, ...acknowledged, ...answers].map(({ at }) => at)]
  const start = Math.min(...moments)
  const span = Math.max(...moments) - start || 1
  const x = (at: number) => round(LEFT + ((at - start) / span) * (WIDTH - LEFT - RIGHT))
  const servers = [...new Set([...answers, ...acknowledged].map(({ server }) => server))]
  const bottom = TOP + servers.length * LANE
  const height = bottom + 30 + marks.length * LINE + 10
  const gap = findGap(report)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="Helvetica, Arial, sans-serif" font-size="12">`,
    `<title>${drill}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...(gap === undefined
      ? []
      : [
          `<rect x="${x(gap.from)}" y="${TOP}" width="${round(x(gap.to) - x(gap.from))}" height="${bottom - TOP}" fill="#e4e4e4"><title>${seconds(gap.to - gap.from)} without an acknowledged write</title></rect>`,
        ]),
    ...servers.flatMap((server, index) => drawLane(report, server, { index, x, span, start })),
    ...marks.map(({ at }, index) => {
      const [place, number] = [x(at), index + 1]
      return `<path d="M${place} ${TOP - 8}V${bottom}" stroke="#555555" stroke-dasharray="3 3"/><text x="${place}" y="${TOP - 12 - (index % 2) * 12}" text-anchor="middle" fill="#1a1a1a">${number}</text>`
    }),
    `<path d="M${LEFT} ${bottom}H${WIDTH - RIGHT}" stroke="#1a1a1a"/>`,
    ...listTicks(span, began - start).map(
      (tick) =>
        `<text x="${x(began + tick)}" y="${bottom + 14}" text-anchor="middle" fill="#1a1a1a">${tick / 1000} s</text>`,
    ),
    ...marks.map(
      ({ at, what }, index) =>
        `<text x="${LEFT}" y="${bottom + 34 + index * LINE}" fill="#1a1a1a">${index + 1}  ${seconds(at - began)}  ${escape(what)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n')
}

interface Lane {
  index: number
  x: (at: number) => number
  span: number
  start: number
}

function drawLane(
  { acknowledged, answers }: DrillReport,
  server: string,
  { index, x, span, start }: Lane,
): string[] {
  const color = COLORS[index % COLORS.length] ?? ''
  const base = TOP + (index + 1) * LANE - 6
  const counts = new Map<number, number>()
  for (const { at } of acknowledged.filter((row) => row.server === server)) {
    const bucket = Math.floor(((at - start) / span) * BUCKETS)
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  }
  const most = Math.max(1, ...counts.values())
  const width = round((WIDTH - LEFT - RIGHT) / BUCKETS)
  const bars = [...counts].map(([bucket, count]) => {
    const tall = round((count / most) * (LANE - 16))
    return `<rect x="${x(start + (bucket / BUCKETS) * span)}" y="${round(base - tall)}" width="${width}" height="${tall}" fill="${color}"/>`
  })
  const heard = [...answers, ...acknowledged].filter((one) => one.server === server).map(({ at }) => at)
  const [from, to] = [Math.min(...heard), Math.max(...heard)]
  return [
    `<text x="${LEFT - 8}" y="${base}" text-anchor="end" fill="${color}">${escape(server)}</text>`,
    ...bars,
    `<path d="M${x(from)} ${base + 2}H${x(to)}" stroke="${color}" stroke-width="2"><title>answered as a primary</title></path>`,
  ]
}

function findGap({ acknowledged, rto }: DrillReport): { from: number; to: number } | undefined {
  const index = acknowledged.findIndex(({ at }, place) => at - (acknowledged[place - 1]?.at ?? at) === rto)
  const [from, to] = [acknowledged[index - 1]?.at, acknowledged[index]?.at]
  return rto > 0 && from !== undefined && to !== undefined ? { from, to } : undefined
}

/** Round numbers of seconds, at most ten of them. */
function listTicks(span: number, before: number): number[] {
  const step = [1, 2, 5, 10, 20, 30, 60, 120, 300].map((one) => one * 1000).find((one) => span / one <= 10)
  const count = Math.floor((span - before) / (step ?? span))
  return Array.from({ length: count + 1 }, (_, index) => index * (step ?? span))
}

const round = (value: number) => Math.round(value * 10) / 10

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

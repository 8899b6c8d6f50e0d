import { groupBy } from '@opencore/contract'
import { matchesSelector, type Labels, type LabelSelector } from './label-selector.ts'

/**
 * Index labelled items, so that asking for a selector costs what it matches and not all there is:
 * candidates come from the rarest of its label pairs. Answers keep the order of the items.
 */
export function indexByLabels<T extends { labels: Labels }>(
  items: readonly T[],
): (selector: LabelSelector) => T[] {
  const pairs = items.flatMap((item) =>
    Object.entries(item.labels).map(([label, value]) => ({ item, pair: `${label}=${value}` })),
  )
  const byPair = groupBy(pairs, ({ pair }) => pair)
  return (selector) => {
    const candidates = Object.entries(selector.matchLabels).map(
      ([label, value]) => byPair.get(`${label}=${value}`) ?? [],
    )
    const rarest = candidates.reduce<{ item: T }[] | undefined>(
      (best, list) => (best === undefined || list.length < best.length ? list : best),
      undefined,
    )
    const found = rarest === undefined ? items : rarest.map(({ item }) => item)
    return found.filter(({ labels }) => matchesSelector(labels, selector))
  }
}

/** `1 release`, `2 releases`. */
export const countNouns = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

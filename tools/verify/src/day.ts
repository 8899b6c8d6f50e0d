/** The day that it is, as waivers and steps until a day say it: `2026-12-31`, UTC. */
export const today = (): string => new Date().toISOString().slice(0, 10)

/** Whether a day has passed. */
export const isOver = (day: string): boolean => day < today()

export { createNodes } from './infer-projects.ts'

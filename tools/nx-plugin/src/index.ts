export { createNodesV2 } from './infer-projects.ts'

export { WORKLOAD_IMAGE } from './images/node-images.ts'
export { openNodes } from './open-nodes.ts'
export { removeNodes } from './remove-nodes.ts'
export { findLack } from './requirements/find-lack.ts'

export { installRequirements, unpackPythonPackage } from './install-requirements.ts'

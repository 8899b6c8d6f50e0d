import eslint from '@eslint/js'
import prettier from 'eslint-config-prettier'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Pure folders compute; they never touch the disk, the network or other processes (see CONTRIBUTING). */
const purePackages = ['contract', 'model', 'plan', 'verify']
const pure = [`tools/{${purePackages.join(',')}}/src/**/*.ts`, 'environments/**/*.ts']
const effects = ['fs', 'child_process', 'net', 'http', 'https', 'os', 'worker_threads', 'process']
const message = 'Pure code does no I/O: return data, and let tools/cli or tools/cluster act on it.'

export default defineConfig(
  { ignores: ['**/node_modules', '**/dist', '**/.nx', '**/generated', '**/fixtures'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name: a name can be searched for.' },
      ],
    },
  },
  {
    files: pure,
    ignores: ['**/*.test.ts', '**/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['execa', 'zx', 'undici'].map((name) => ({ name, message })),
          patterns: [
            { group: effects.flatMap((name) => [name, `node:${name}`, `node:${name}/*`]), message },
            { group: ['@opencore/*', ...purePackages.map((name) => `!@opencore/${name}`)], message },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        ...['process', 'fetch', 'console'].map((name) => ({ name, message })),
      ],
    },
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    // Runs before anything is compiled.
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      parserOptions: { projectService: false },
      globals: { process: 'readonly', console: 'readonly', URL: 'readonly' },
    },
  },
  prettier,
)

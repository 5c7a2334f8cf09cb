import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import rxjsX from 'eslint-plugin-rxjs-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores(['dist', 'coverage']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [
      tseslint.configs.strictTypeChecked,
      tseslint.configs.stylisticTypeChecked,
      rxjsX.configs.strict,
    ],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: 'error',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      // `typeof import('openai')` is how the type of a module that is loaded later is written.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],

      // tsconfig's noPropertyAccessFromIndexSignature asks for the brackets.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // A named key says what an index signature holds; `Record` cannot.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // `() => subscriber.complete()` and `return subscriber.error(…)` are the way of teardowns and guards.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // The fields of a StreamError are its facts, and are handed on as such.
      '@typescript-eslint/no-misused-spread': [
        'error',
        { allow: [{ from: 'file', name: 'StreamError' }] },
      ],
      // `const { index: _index, ...rest }` is how a field is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // On the wire an empty text means the same as none, so `||` is meant.
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true } },
      ],
      // Numbers and patterns print as one expects; chunks and responses print as their text by contract.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          allowNumber: true,
          allowRegExp: true,
          allow: [{ from: 'file', name: ['Chunk', 'CallResponse'] }],
        },
      ],
      // Objects of plain functions are taken apart; where `this` counts, rxjs-x/no-unbound-methods looks.
      '@typescript-eslint/unbound-method': 'off',
      // An operator's state lives in variables of the subscription, not in the value alone.
      'rxjs-x/no-ignored-takewhile-value': 'off',
      // What was caught is passed on as it came.
      'rxjs-x/throw-error': ['error', { allowThrowingAny: false, allowThrowingUnknown: true }],
    },
  },
  {
    files: ['lib/**', 'operators/**', 'prices/**', 'providers/**', 'testing/**'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['providers/**'],
    rules: {
      // SDK types are promises about servers: compatible ones leave out what the types say is there.
      '@typescript-eslint/no-unnecessary-condition': 'off',
    },
  },
  {
    files: ['spec/**', 'examples/**'],
    rules: {
      // An error nobody handles, an empty stream too, fails the spec or the example, as it should.
      'rxjs-x/no-ignored-error': 'off',
      'rxjs-x/no-ignored-default-value': 'off',
    },
  },
  {
    files: ['spec/**'],
    rules: {
      // A wrong `!` fails the spec at that very line.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // What a provider has deprecated still comes over the wire.
      '@typescript-eslint/no-deprecated': 'off',
    },
  },
  {
    // Tools read their configuration from the default export.
    files: ['*.config.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  prettier,
);

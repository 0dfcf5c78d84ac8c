// Lint: what the type checker cannot see. Formatting is prettier's business, imports between folders are
// dependency-cruiser's (.dependency-cruiser.mjs). A rule that is switched off in a file says why behind `--`.
import tseslint from 'typescript-eslint';
import { faultlineRules } from './build/checks/eslint-rules.mjs';

const typescript = ['**/*.ts', '**/*.tsx'];
const pure = [
  'base',
  'semconv',
  'model',
  'contract',
  'rpc',
  'importers',
  'analysis',
  'layout',
  'report',
  'simulator',
].map((folder) => `shared/${folder}/**/*.ts`);

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'coverage/', 'test-results/', 'test/fixtures/', 'test/golden/*/', 'build/demo/*/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    plugins: { faultline: faultlineRules },
    rules: {
      'faultline/disable-gives-reason': 'error',
      'faultline/no-default-export': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      eqeqeq: ['error', 'smart'],
      'no-self-compare': 'error',
      'no-constant-binary-expression': 'error',
      'no-unsafe-finally': 'error',
      'no-sparse-arrays': 'error',
      'no-fallthrough': 'error',
      'no-debugger': 'error',
      'no-loss-of-precision': 'error',
      'no-empty': 'error',
      'no-useless-escape': 'error',
      'no-async-promise-executor': 'error',
      'no-misleading-character-class': 'error',
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // The tools that read these files ask for a default export.
    files: ['**/*.config.{ts,mjs}', '.dependency-cruiser.mjs', 'test/e2e/support/global-setup.ts'],
    rules: { 'faultline/no-default-export': 'off' },
  },
  {
    files: typescript,
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        {
          'ts-ignore': true,
          'ts-nocheck': true,
          'ts-expect-error': 'allow-with-description',
          minimumDescriptionLength: 10,
        },
      ],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'faultline/non-null-on-index-only': 'error',
    },
  },
  {
    files: ['shared/**/*.ts'],
    ignores: ['shared/cli/**'],
    rules: { 'no-console': 'error' },
  },
  {
    // The simulator writes what other tools write and spells keys itself: a wrong key in our vocabulary must not cancel
    // itself out.
    files: ['shared/**/*.ts'],
    ignores: ['shared/semconv/**', 'shared/simulator/**'],
    rules: { 'faultline/attribute-keys-in-semconv': 'error' },
  },
  {
    files: pure,
    rules: {
      'faultline/pure': 'error',
    },
  },
  {
    // Rules that need types cost a program build, so only where promises and threads are at home.
    files: ['shared/{rpc,engine,serve,cli}/**/*.ts', 'electron/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    // Analysis looks up what it has just put into maps of its own; no input of strangers decides whether it is there.
    files: ['shared/analysis/**/*.ts'],
    rules: { 'faultline/non-null-on-index-only': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    // A test may say that a value is there; when it is not, the test fails.
    rules: { 'faultline/non-null-on-index-only': 'off' },
  },
  {
    files: ['test/{unit,golden,storage,conformance,cli}/**/*.ts'],
    rules: { 'faultline/no-luck-in-tests': 'error' },
  },
);

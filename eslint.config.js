// @ts-check
import rxjsX from 'eslint-plugin-rxjs-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const typescript = ['**/*.ts'];
const tests = ['marble-tests/**/*.ts', 'integration-tests/**/*.ts'];
const programs = ['examples/**/*.ts', 'docs/snippets/**/*.ts'];

export default defineConfig(
  {
    ignores: [
      'dist/',
      'dist-examples/',
      'coverage/',
      'temp/',
      '**/node_modules/',
      // Excluded from tsconfig.json, too.
      'integration-tests/testing/{jest,mocha}/**/*.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  // Scripts and benchmarks are plain JavaScript: what typescript-eslint finds without types.
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.recommended] },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable', require: 'readonly' } },
  },

  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked, rxjsX.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'rxjs-x/no-exposed-subjects': ['error', { allowProtected: true }],
      // It takes the recipients of `exchange.subscribe(a, b)` for callbacks, and would rewrite the call.
      'rxjs-x/prefer-observer': 'off',
      'rxjs-x/no-ignored-error': 'error',
      'rxjs-x/no-ignored-subscription': 'error',

      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `using subscription = …` is used by leaving the block.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreUsingDeclarations: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^rxjs/(?!testing$)', message: "Import from 'rxjs'." }] },
      ],
      // A getter that gives a constant costs no field in every instance.
      '@typescript-eslint/class-literal-property-style': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },

  {
    files: ['src/**/*.ts'],
    rules: {
      // A behavior returns an ObservableInput or nothing: `ObservableInput<Out> | void` is the contract.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // The hot loops index arrays whose bounds they have just checked; see also noUncheckedIndexedAccess in tsconfig.json.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // A Subscriber can be stopped while it is being subscribed, an observer cannot; RxJS deprecates only its constructor.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', package: 'rxjs', name: 'Subscriber' }] },
      ],
      // Much of the state changes while a callback runs, by re-entrance, and callers without types pass anything: TypeScript
      // takes conditions for settled that are not.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Casts that follow a check of our own, which TypeScript cannot follow.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // What users throw is passed on as it came, whatever it is.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowRethrowing: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      'rxjs-x/throw-error': ['error', { allowThrowingUnknown: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported.' },
        { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
        {
          selector: ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind!="const"]',
          message: 'No module-level state: two systems share nothing.',
        },
        {
          selector:
            'MemberExpression[object.name="Date"][property.name="now"], NewExpression[callee.name="Date"][arguments.length=0]',
          message: "Ask the system's scheduler what time it is (law T1).",
        },
      ],
      // Everything that waits goes through RxJS schedulers (law T1), so that TestScheduler.run makes it virtual.
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance'].map((name) => ({
          name,
          message: "Use the system's scheduler.",
        })),
      ],
    },
  },
  {
    // One state machine: its parts would share every flag, and so be parts in name only.
    files: ['src/actor/drain.ts'],
    rules: { 'max-lines': ['error', { max: 520, skipBlankLines: true, skipComments: true }] },
  },
  {
    // All that an actor is asked from outside, mostly a line or two each.
    files: ['src/actor/actor-cell.ts'],
    rules: { 'max-lines': ['error', { max: 330, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Never exported, so their Subjects are not exposed.
    files: ['src/internal/**/*.ts', 'src/exchange/hub.ts'],
    rules: { 'rxjs-x/no-exposed-subjects': 'off' },
  },
  {
    // An exchange is a Subject by contract, and a system makes exchanges.
    files: ['src/system/**/*.ts'],
    rules: { 'rxjs-x/no-exposed-subjects': 'off' },
  },
  {
    // A Subject with an order of its own has to keep the members in step that RxJS deprecates but still reads.
    files: ['src/exchange/exchange.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    // Writes to the console unless told where.
    files: ['src/exchange/display-messages.ts', 'src/internal/print-warning.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/testing/**/*.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },

  {
    files: tests,
    rules: {
      // Bad input is given on purpose, and what comes back is asserted, not typed.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      'rxjs-x/throw-error': 'off',
      // Behaviors and generators of every shape are what is tested, also the ones that await or yield nothing.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'require-yield': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // An index that is out of bounds fails the assertion that follows.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // In a marble run the end of the run unsubscribes, and an error without a handler fails the test.
      'rxjs-x/no-ignored-error': 'off',
      'rxjs-x/no-ignored-subscription': 'off',
      'rxjs-x/no-exposed-subjects': 'off',
      'rxjs-x/no-nested-subscribe': 'off',
      'rxjs-x/no-subscribe-in-pipe': 'off',
    },
  },
  {
    files: ['marble-tests/**/*.test-d.ts'],
    rules: {
      // Types are looked at, nothing runs.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
    },
  },
  {
    files: programs,
    rules: {
      // Short programs that end by themselves: RxJS reports an error that nobody handles, which is what they show.
      'rxjs-x/no-ignored-error': 'off',
      'rxjs-x/no-ignored-subscription': 'off',
    },
  },
);

/** Lint rules. The determinism rules hold where the same log must give the same bytes on every Node. */
import tseslint from 'typescript-eslint';

const deterministic = ['events/**/*.ts', 'projections/**/*.ts', 'src/study/**/*.ts', 'src/replay/**/*.ts', 'src/synthetic/**/*.ts'];

export default tseslint.config(
  { ignores: ['dist/**', 'dist.*/**', 'node_modules/**', 'data/**'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js', 'scripts/*.mjs', '.ci/*.mjs'] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      // 'start' | Position says more than string.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: deterministic,
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "BinaryExpression[operator='**']", message: '** differs by an ulp between Node versions: multiply, or use exp/log.' },
        { selector: "AssignmentExpression[operator='**=']", message: '**= differs by an ulp between Node versions.' },
        { selector: 'ForInStatement', message: 'Key order is insertion order: use sortedEntries.' },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'pow', message: 'Math.pow differs by an ulp between Node versions.' },
        { object: 'Math', property: 'random', message: 'Not reproducible: take a seed.' },
        { object: 'Date', property: 'now', message: 'The wall clock is never read here: take the time as an argument.' },
        { object: 'Object', property: 'keys', message: 'Key order is insertion order: use sortedEntries.' },
        { object: 'Object', property: 'entries', message: 'Key order is insertion order: use sortedEntries.' },
        { property: 'toLocaleString', message: 'Depends on the machine.' },
        { property: 'toLocaleDateString', message: 'Depends on the machine.' },
        { property: 'localeCompare', message: 'Depends on the machine: compare code units.' },
      ],
      'no-restricted-globals': ['error', { name: 'performance', message: 'The clock is never read here.' }],
    },
  },
  { files: ['**/*.js', '**/*.mjs', 'bench/**', 'src/cli/**', 'test/**', 'scripts/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
);

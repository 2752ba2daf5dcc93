import graphqlPlugin from "@graphql-eslint/eslint-plugin";
import { globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const TESTS = ["**/*.test.ts", "**/test/**/*.ts", "**/src/testing/**/*.ts", "packages/testing/**/*.ts"];

/** A test that is skipped cannot fail, and one that runs alone hides the others. `onlyHere ? it : it.skip` as a value is let through. */
const SKIPPING = [
  "CallExpression[callee.object.name=/^(describe|it|test)$/][callee.property.name=/^(only|skip|todo|failing)$/]",
  "MemberExpression[object.object.name=/^(describe|it|test)$/][object.property.name=/^(only|skip|failing)$/]",
  "CallExpression[callee.name=/^(xit|xtest|xdescribe|fit|fdescribe)$/]",
];

/** Every type, field, argument and enum value is described: the schema is the manual that people read in GraphiQL and Studio. */
const DESCRIBED = {
  types: true,
  FieldDefinition: true,
  InputValueDefinition: true,
  EnumValueDefinition: true,
  // what the two roots are, their fields say
  ignoredSelectors: ["ObjectTypeDefinition[name.value=/^(Query|Mutation)$/]"],
};

const OPERATIONS = ["gateway/graphiql/examples/*.graphql", "packages/client/src/operations/*.graphql"];

/** Operations are checked against what clients see. A subgraph's schema is read as text: alone it lacks the definitions of Federation. */
const GRAPHQL = {
  projects: {
    api: { schema: "gateway/api.graphql", documents: OPERATIONS, include: OPERATIONS },
    subgraphs: { schema: "", include: "services/*/schema.graphql" },
  },
};

export default [
  globalIgnores(["**/node_modules/", "**/dist/", "**/generated/", ".gongjian/", ".turbo/", "coverage/", "data/", "bench/results/"]),
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
  },
  {
    files: ["**/*.ts"],
    plugins: { "@typescript-eslint": tseslint.plugin },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // these need types, and each finds what no test does: work that nobody waits for, and cases that nobody thought of
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { arguments: false } }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],

      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description" }],
      "@typescript-eslint/no-this-alias": "error",
      "@typescript-eslint/no-useless-constructor": "error",
      "@typescript-eslint/prefer-as-const": "error",
      "@typescript-eslint/no-unused-expressions": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-console": "error",
      "no-debugger": "error",
      "no-empty": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-fallthrough": "error",
      "no-self-compare": "error",
      "no-template-curly-in-string": "error",
      "no-unreachable": "error",
      "no-unsafe-finally": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": ["error", { ignoreReadBeforeAssign: true }],
      "use-isnan": "error",
      "max-lines": ["error", { max: 300 }],
      complexity: ["error", 25],
    },
  },
  {
    files: TESTS,
    rules: {
      "max-lines": "off",
      complexity: "off",
      "no-new-func": "off",
      "@typescript-eslint/no-explicit-any": "off",
      "no-restricted-syntax": ["error", ...SKIPPING.map((selector) => ({ selector, message: "No test is skipped, and none runs alone." }))],
    },
  },
  {
    // measurements and scripts talk to the terminal
    files: ["bench/**/*.ts", "packages/*/bench/**/*.ts", "packages/client/examples/**/*.ts"],
    rules: { "no-console": "off" },
  },
  {
    files: ["**/*.cjs", "**/*.mjs", "**/*.js"],
    rules: { "no-undef": "off", "no-unreachable": "error", "no-var": "error", "prefer-const": "error", "no-unused-vars": "error" },
  },
  {
    files: ["services/*/schema.graphql"],
    plugins: { "@graphql-eslint": graphqlPlugin },
    languageOptions: { parser: graphqlPlugin.parser, parserOptions: { graphQLConfig: GRAPHQL } },
    rules: {
      "@graphql-eslint/require-description": ["error", DESCRIBED],
      "@graphql-eslint/description-style": ["error", { style: "block" }],
    },
  },
  {
    // the queries that GraphiQL opens with, and those that the client is made of, against what clients see
    files: OPERATIONS,
    plugins: { "@graphql-eslint": graphqlPlugin },
    languageOptions: {
      parser: graphqlPlugin.parser,
      parserOptions: { graphQLConfig: GRAPHQL },
    },
    rules: {
      "@graphql-eslint/executable-definitions": "error",
      "@graphql-eslint/fields-on-correct-type": "error",
      "@graphql-eslint/fragments-on-composite-type": "error",
      "@graphql-eslint/known-argument-names": "error",
      "@graphql-eslint/known-directives": "error",
      "@graphql-eslint/known-fragment-names": "error",
      "@graphql-eslint/known-type-names": "error",
      "@graphql-eslint/no-anonymous-operations": "error",
      "@graphql-eslint/no-undefined-variables": "error",
      "@graphql-eslint/no-unused-variables": "error",
      "@graphql-eslint/overlapping-fields-can-be-merged": "error",
      "@graphql-eslint/possible-fragment-spread": "error",
      "@graphql-eslint/provided-required-arguments": "error",
      "@graphql-eslint/scalar-leafs": "error",
      "@graphql-eslint/unique-variable-names": "error",
      "@graphql-eslint/value-literals-of-correct-type": "error",
      "@graphql-eslint/variables-are-input-types": "error",
      "@graphql-eslint/variables-in-allowed-position": "error",
      "@graphql-eslint/no-deprecated": "error",
    },
  },
];

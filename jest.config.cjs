const swc = [
  "@swc/jest",
  {
    jsc: {
      parser: { syntax: "typescript", decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: "es2022",
      keepClassNames: true,
    },
    module: { type: "commonjs" },
    sourceMaps: "inline",
  },
];

/** Unit and property tests lie beside what they test (src); API tests, which need a database, lie in test/. */
const common = {
  rootDir: __dirname,
  testEnvironment: "node",
  testEnvironmentOptions: { customExportConditions: ["source", "node", "node-addons"] },
  // jose is published as ES modules only, which jest cannot require
  transform: { "^.+\\.ts$": swc, "/node_modules/jose/.+\\.js$": swc },
  transformIgnorePatterns: ["/node_modules/(?!jose/)"],
  modulePathIgnorePatterns: ["/dist/", "/.gongjian/"],
  testPathIgnorePatterns: ["/node_modules/", "/dist/"],
};

module.exports = {
  // a guard against what hangs, never a measure: two cores run two files at once beside their databases
  testTimeout: 60_000,
  // each file loads the platform anew: in processes of their own, begun again before what they leave behind slows them down
  maxWorkers: 2,
  workerIdleMemoryLimit: "1GB",
  projects: [
    {
      ...common,
      displayName: "unit",
      testMatch: [
        "<rootDir>/{packages,services}/*/src/**/*.test.ts",
        "<rootDir>/{gateway,cli}/src/**/*.test.ts",
        "<rootDir>/scripts/**/*.test.ts",
      ],
    },
    {
      ...common,
      displayName: "api",
      testMatch: ["<rootDir>/{packages,services}/*/test/**/*.test.ts", "<rootDir>/{gateway,cli}/test/**/*.test.ts"],
      globalSetup: "<rootDir>/packages/testing/jest.setup.cjs",
      globalTeardown: "<rootDir>/packages/testing/jest.teardown.cjs",
    },
  ],
};

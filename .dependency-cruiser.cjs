/**
 * Who may import whom (docs/ARCHITECTURE.md). A path is relative to the root; `$1` is what the first group of `from` matched.
 * Type-only imports count. scripts/boundaries.test.ts breaks every rule once.
 */
const OURS = "^(packages|services|gateway|cli)/";
/** Tests, and what only they use. */
const TESTS = "(/test/|/src/testing/|[.]test[.]ts$)";
const PURE = "assignment|allocation|hantext";

/** What lies in `from` may import of ours only what lies in `allowed` (and itself); its tests may import the test helpers too. */
const only = (name, comment, from, allowed) => [
  { name, comment, severity: "error", from: { path: from, pathNot: TESTS }, to: { path: OURS, pathNot: allowed } },
  {
    name: `${name}-in-tests`,
    comment,
    severity: "error",
    from: { path: `${from}.*${TESTS}` },
    to: { path: OURS, pathNot: [allowed, "^packages/testing/"].flat() },
  },
];

module.exports = {
  forbidden: [
    {
      name: "service-imports-no-service",
      comment: "A foreign type appears as a stub in src/external/. Tests in test/ may stand a neighbour up.",
      severity: "error",
      from: { path: "^services/([^/]+)/", pathNot: "^services/[^/]+/test/" },
      to: { path: "^services/", pathNot: "^services/$1/" },
    },
    {
      name: "service-imports-its-own",
      comment: "A service imports its own entities, subgraph, database and pure packages.",
      severity: "error",
      from: { path: "^services/([^/]+)/", pathNot: TESTS },
      to: { path: OURS, pathNot: ["^services/", `^packages/(entities-$1|subgraph|database|${PURE})/`] },
    },
    {
      name: "service-unit-test-imports-its-own",
      comment: "A test beside the source sees what the service sees, and the test helpers.",
      severity: "error",
      from: { path: "^services/([^/]+)/src/.*[.]test[.]ts$" },
      to: { path: OURS, pathNot: ["^services/", `^packages/(entities-$1|subgraph|database|testing|${PURE})/`] },
    },
    {
      name: "service-test-imports-no-front",
      comment: "A service's API tests ask the service: its front doors are tested there.",
      severity: "error",
      from: { path: "^services/[^/]+/test/" },
      to: { path: "^(gateway|cli)/" },
    },
    ...only(
      "entities-import-database",
      "Entities import nothing of ours but database.",
      "^packages/entities-([^/]+)/",
      "^packages/(entities-$1|database)/",
    ),
    ...only("pure-imports-nothing", "Pure packages import nothing of ours.", `^packages/(${PURE})/`, "^packages/$1/"),
    ...only("settings-imports-nothing", "Settings are read before anything else.", "^packages/(settings)/", "^packages/$1/"),
    ...only("database-imports-nothing", "Everything stands on database.", "^packages/(database)/", "^packages/$1/"),
    ...only(
      "importer-imports-hantext",
      "The importer reads files: of ours it needs only text folding.",
      "^packages/(importer)/",
      "^packages/($1|hantext)/",
    ),
    ...only("subgraph-imports-below", "The subgraph kit knows no subgraph.", "^packages/(subgraph)/", `^packages/($1|database|${PURE})/`),
    {
      name: "client-imports-nothing",
      comment: "The client is given to others: it takes no server along. Its tests may.",
      severity: "error",
      from: { path: "^packages/client/(src|examples)/", pathNot: TESTS },
      to: { path: OURS, pathNot: "^packages/client/" },
    },
    ...only(
      "gateway-imports-no-service",
      "The gateway knows schemas, not services or entities.",
      "^(gateway)/",
      `^($1/|packages/(settings|subgraph|${PURE})/)`,
    ),
    {
      name: "nobody-imports-cli",
      comment: "The command line wires everything, so nothing may be wired to it.",
      severity: "error",
      from: { path: OURS, pathNot: "^cli/" },
      to: { path: "^cli/" },
    },
    {
      name: "testing-only-in-tests",
      comment: "What is served imports no test helpers.",
      severity: "error",
      from: { path: OURS, pathNot: [TESTS, "^packages/testing/"] },
      to: { path: "^packages/testing/" },
    },
    {
      name: "source-imports-no-tests",
      comment: "What is served imports no tests.",
      severity: "error",
      from: { path: "/src/", pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: "by-package-name",
      comment: "A workspace is imported by its name, through its src/index.ts.",
      severity: "error",
      from: { path: "^(packages/[^/]+|services/[^/]+|gateway|cli)/" },
      to: { path: OURS, pathNot: ["^$1/", "^(packages/[^/]+|services/[^/]+|gateway|cli)/src/index[.]ts$"] },
    },
    {
      name: "declared-dependencies",
      comment: "What is served imports only what its own package.json lists: devDependencies of the root are not in the production image.",
      severity: "error",
      from: { path: `${OURS}.*src/`, pathNot: [TESTS, "^packages/testing/"] },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], pathNot: "^(packages|services|gateway|cli)/" },
    },
    {
      name: "no-cycles",
      comment: "Modules that import one another cannot be understood apart. A type alone is no cycle at run time.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // ours alone: most packages of others are in a dist as well
    exclude: { path: "^(packages/[^/]+|services/[^/]+|gateway|gateway/graphiql|cli)/dist/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["source", "import", "require", "node", "default", "types"],
      mainFields: ["main", "types", "typings"],
      extensions: [".ts", ".js", ".cjs", ".mjs", ".json", ".d.ts"],
    },
  },
};

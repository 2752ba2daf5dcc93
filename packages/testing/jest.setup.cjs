/**
 * Before the first test that needs PostgreSQL: uses the server of TEST_DATABASE_URL (whose database must say "test" in its name), or
 * starts an embedded one. Its folder lies among the temporary files and is kept between runs, so that the template databases are too;
 * runs at the same time share it, and the last one ends it.
 */
const { requireTypeScript } = require("./jest.typescript.cjs");

module.exports = async () => {
  const { prepareTestServer } = requireTypeScript("./src/server.ts");
  globalThis.__gongjianTestServer = await prepareTestServer();
};

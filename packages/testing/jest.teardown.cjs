/** After the last test: signs off from the embedded server that jest.setup.cjs started. */
module.exports = async () => {
  await globalThis.__gongjianTestServer?.stop();
};

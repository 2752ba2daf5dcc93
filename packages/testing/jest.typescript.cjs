/**
 * Jest compiles what tests import, but its global set-up runs before that machinery and before the `source` export condition.
 * So this compiles TypeScript files on the way in, and finds our own packages at their sources.
 */
const Module = require("node:module");
const { readFileSync } = require("node:fs");
const { join, resolve } = require("node:path");
const { transformSync } = require("@swc/core");

const OWN = /^@gongjian\/([\w-]+)$/;

const compile = (file) =>
  transformSync(readFileSync(file, "utf8"), {
    filename: file,
    sourceMaps: "inline",
    swcrc: false,
    jsc: {
      parser: { syntax: "typescript", decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: "es2022",
      keepClassNames: true,
    },
    module: { type: "commonjs" },
  }).code;

/** Requires a TypeScript file, given relative to this folder, and leaves Node's loader as it was. */
exports.requireTypeScript = (path) => {
  const extension = Module._extensions[".ts"];
  const resolveFilename = Module._resolveFilename;
  Module._extensions[".ts"] = (module, file) => module._compile(compile(file), file);
  Module._resolveFilename = function (request, ...rest) {
    const own = OWN.exec(request);
    return resolveFilename.call(this, own ? join(__dirname, "..", own[1], "src", "index.ts") : request, ...rest);
  };
  try {
    return require(resolve(__dirname, path));
  } finally {
    Module._resolveFilename = resolveFilename;
    if (extension) Module._extensions[".ts"] = extension;
    else delete Module._extensions[".ts"];
  }
};

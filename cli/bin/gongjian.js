#!/usr/bin/env node
"use strict";
/** Runs the command line: the built one where there is a build, otherwise straight from the sources. */
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { spawn } = require("node:child_process");
const { launcher } = require("./launcher.js");

/** A larger nursery: answers are many short-lived objects, and collecting a small one is a fifth of the work of a request. */
const FLAGS = ["--no-deprecation", "--max-semi-space-size=64"];

const built = join(__dirname, "..", "dist", "main.js");
if (process.env.NODE_ENV === "production" && existsSync(built)) {
  require(built);
} else {
  const root = join(__dirname, "..", "..");
  const register = require.resolve("@swc-node/register");
  const child = spawn(process.execPath, [...FLAGS, "-C", "source", "-r", register, join(__dirname, "..", "src", "main.ts"), ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, SWC_NODE_PROJECT: join(root, "tsconfig.json"), GONGJIAN_LAUNCHER: String(launcher()) },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}

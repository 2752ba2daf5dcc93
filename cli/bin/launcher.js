"use strict";
const { readFileSync } = require("node:fs");

const LEVELS = 3;

/**
 * The process that a person would kill to end all of this: the npm or npx that runs this script, or this process where there is
 * none. The server watches it and all between: when one of them is killed, nobody is left to end the server.
 */
function launcher() {
  const given = Number(process.env.GONGJIAN_LAUNCHER);
  if (given > 1) return given;
  let pid = process.ppid;
  for (let level = 0; process.env.npm_lifecycle_event && level < LEVELS && pid > 1; level++) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      if (stat.slice(stat.indexOf("(") + 1).startsWith("npm")) return pid;
      pid = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    } catch {
      break;
    }
  }
  return process.pid;
}

module.exports = { launcher };

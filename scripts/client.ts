/** Generates packages/client/src/generated from the committed supergraph and the client's operations, or with `--check` fails when it differs. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Supergraph } from "@apollo/federation-internals";
import { generate } from "@graphql-codegen/cli";
import { printSchema } from "graphql";

const root = join(__dirname, "..");
const out = join(root, "packages", "client", "src", "generated");

async function files(): Promise<Map<string, string>> {
  const supergraph = Supergraph.build(readFileSync(join(root, "gateway", "supergraph.graphql"), "utf8"));
  const schema = printSchema(supergraph.apiSchema().toGraphQLJSSchema());
  const generated = (await generate(
    {
      schema,
      documents: join(root, "packages", "client", "src", "operations", "*.graphql"),
      generates: {
        [`${out}/`]: {
          preset: "client",
          presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: "sha256" } },
          config: {
            documentMode: "string",
            useTypeImports: true,
            enumsAsTypes: true,
            scalars: { DateTime: "string", Date: "string", HanText: "string", SafeInt: "number" },
          },
        },
      },
      silent: true,
    },
    false,
  )) as { filename: string; content: string }[];
  return new Map(generated.map(({ filename, content }) => [relative(out, filename), content]));
}

async function main(): Promise<void> {
  const wanted = await files();
  if (!process.argv.includes("--check")) {
    rmSync(out, { recursive: true, force: true });
    for (const [name, content] of wanted) {
      mkdirSync(dirname(join(out, name)), { recursive: true });
      writeFileSync(join(out, name), content);
    }
    return;
  }
  const present = new Map(readdirSync(out).map((name) => [name, readFileSync(join(out, name), "utf8")]));
  const stale = [...new Set([...wanted.keys(), ...present.keys()])].filter((name) => wanted.get(name) !== present.get(name));
  if (stale.length > 0) {
    process.stderr.write(
      `packages/client/src/generated is not what the supergraph and the operations give (${stale.join(", ")}); run: npm run client\n`,
    );
    process.exit(1);
  }
}

void main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
});

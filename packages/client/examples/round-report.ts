/**
 * A round in short, for those who run it: who has put what on the list, what is served, and which communities have put nothing on it.
 * It asks the communities subgraph itself with a service's token (all communities of the street: no other subgraph is in the way), and
 * the gateway with a person's (the round, as that person may see it).
 *
 *   npm run start:split
 *   export SERVICE_TOKEN=$(npx gongjian token --role service)
 *   export PERSON_TOKEN=$(npx gongjian token --role officer --scope region:510116003)
 *   node -C source -r @swc-node/register packages/client/examples/round-report.ts huayang-2024
 *
 * REPORT_GATEWAY_URL and REPORT_COMMUNITIES_URL say where they are, when they do not lie at their usual ports.
 */
import { ClientError, CommunitiesDocument, createClient, eachNode, RoundDocument, type RoundQuery, type ResultOf } from "@gongjian/client";

export interface Where {
  gatewayUrl: string;
  communitiesUrl: string;
  serviceToken: string;
  personToken: string;
}

type RoundCommunity = NonNullable<RoundQuery["roundByKey"]>["communities"]["nodes"][number];
type Need = RoundCommunity["needs"][number];
type Community = ResultOf<typeof CommunitiesDocument>["communities"]["nodes"][number];

const PAGE = 100;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const yuan = (minorUnits: number): string => `${(minorUnits / 100).toLocaleString("en")} CNY`;

function lineOf(need: Need): string {
  const budget =
    need.budgetMax === null
      ? "no budget"
      : `up to ${need.currency === "CNY" ? yuan(need.budgetMax) : `${need.budgetMax} ${need.currency}`}`;
  const servedBy = need.matches.map(({ offer }) => offer?.organisation?.name ?? "an organisation that is not shown");
  const blocked = need.blockers[0]?.text ?? "not matched yet";
  return `  ${need.title} (${budget}): ${servedBy.length > 0 ? servedBy.join(", ") : blocked}`;
}

/** @throws ClientError; Error where there is no such round */
export async function roundReport(key: string, { gatewayUrl, communitiesUrl, serviceToken, personToken }: Where): Promise<string> {
  const gateway = createClient({ url: gatewayUrl, token: personToken, persisted: true });
  const communities = createClient({ url: communitiesUrl, token: serviceToken });

  const { roundByKey: round } = await gateway.execute(RoundDocument, { key, first: 1 });
  if (!round?.region) throw new Error(`There is no round ${key}`);
  const onTheList = await all(eachNode(gateway, RoundDocument, { key }, (answer) => answer.roundByKey?.communities));
  const within = { first: PAGE, filter: { within: round.region.code } };
  const registered: Community[] = await all(eachNode(communities, CommunitiesDocument, within, (answer) => answer.communities));

  const needs = onTheList.flatMap((entry) => entry.needs);
  const served = needs.filter(({ matches }) => matches.length > 0);
  const present = new Set(onTheList.map(({ community }) => community?.id));
  const absent = registered.filter(({ id }) => !present.has(id)).map(({ name }) => name);
  return [
    `${round.title} (${round.year}, ${round.state})`,
    `${onTheList.length} of the ${registered.length} communities of ${round.region.name} are on the list: ${needs.length} needs, ${served.length} served`,
    ...onTheList.flatMap((entry) => [entry.community?.name ?? "a community that is not shown", ...entry.needs.map(lineOf)]),
    `Not on the list: ${absent.length > 0 ? absent.join(", ") : "none"}`,
  ].join("\n");
}

function setting(name: string, standard?: string): string {
  const value = process.env[name] || standard;
  if (!value) throw new Error(`${name} is not set; how to get one stands at the top of this file`);
  return value;
}

async function main(): Promise<void> {
  console.log(
    await roundReport(process.argv[2] ?? "huayang-2024", {
      gatewayUrl: setting("REPORT_GATEWAY_URL", "http://127.0.0.1:4000/graphql"),
      communitiesUrl: setting("REPORT_COMMUNITIES_URL", "http://127.0.0.1:4001/graphql"),
      serviceToken: setting("SERVICE_TOKEN"),
      personToken: setting("PERSON_TOKEN"),
    }),
  );
}

if (require.main === module) {
  void main().catch((error: unknown) => {
    console.error(error instanceof ClientError ? `The platform refused: ${error.message}` : (error as Error).message);
    process.exitCode = 1;
  });
}

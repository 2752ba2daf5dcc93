import { stableId } from "@gongjian/database";
import { GROUND } from "./ground";

const { communityId, organisationId } = GROUND;

/** A household's wish, and an offer that the organisation carries. */
export const REQUEST = { wish: stableId("service-request", "wish"), offer: stableId("service-request", "offer") };
const wish = { key: "wish", side: "WISH", communityId, topic: "CHILD_CARE", title: "看护" };
export const REQUESTS: readonly object[] = [wish, { ...wish, key: "offer", side: "OFFER", organisationId }];

/** What hides them, in the words of the table. */
export const REQUESTS_HIDDEN: readonly [string, string][] = [
  [`ServiceRequest:${REQUEST.wish}`, "it is a household's wish"],
  [`ServiceRequest:${REQUEST.offer}`, "it is somebody's offer"],
];

/** As if they had been passed on. */
export const PASS_ON = (roundId: string, needId: string, offerId: string): string => `SET session_replication_role = replica;
  UPDATE communities.service_request SET state = 'PASSED_ON', round_id = '${roundId}', entry_id = CASE side WHEN 'WISH' THEN '${needId}'::uuid ELSE '${offerId}'::uuid END;
  SET session_replication_role = origin`;

/** How the mutations on requests are tried. */
export const REQUEST_MUTATIONS = (expectedVersion: number): Record<string, (tag: number, when?: string) => object> => ({
  raiseServiceRequest: (tag, when) => ({
    ...(when === "an offer of the organisation" ? { side: "OFFER", organisationId } : { side: "WISH" }),
    communityId,
    topic: "CHILD_CARE",
    title: `看护${tag}`,
  }),
  updateServiceRequest: () => ({ id: REQUEST.offer, expectedVersion, title: "另题" }),
  withdrawServiceRequest: () => ({ id: REQUEST.offer, expectedVersion }),
  declineServiceRequest: () => ({ id: REQUEST.offer, expectedVersion, reason: "无人" }),
  passOnServiceRequest: () => ({ id: REQUEST.offer, expectedVersion, roundId: REQUEST.offer }),
  importServiceRequests: () => ({ rows: [{ ...wish, key: "new" }], dryRun: true }),
});

/** What they name that can be hidden. */
export const REQUEST_TARGETS = [
  {
    type: "ServiceRequest",
    named: [REQUEST.offer],
    mutations: ["updateServiceRequest", "withdrawServiceRequest", "declineServiceRequest", "passOnServiceRequest"],
  },
];

import { need, offer, roundId } from "./story";

const COMMON = `... on RoundClosed { roundState: state allowedIn } ... on IdempotencyConflict { message }`;
const NEED = `... on Need { id key version state title description kind fundKind budgetMin budgetMax currency startsOn endsOn tags requiredQualifications beneficiaries quantity illustrative source community { id } round { key } }`;
const OFFER = `... on Offer { id key version state title kinds price capacity coverage capabilities organisation { id } round { key } }`;
const mutation = (name: string, input: string, fields: string) =>
  `mutation ($input: ${input}!) { answer: ${name}(input: $input) { __typename ${fields} ${COMMON} } }`;
export const CREATE_NEED = mutation("createNeed", "CreateNeedInput", `${NEED} ... on AlreadyExists { field }`);
export const UPDATE_NEED = mutation("updateNeed", "UpdateNeedInput", `${NEED} ... on VersionConflict { currentVersion }`);
export const WITHDRAW_NEED = mutation("withdrawNeed", "WithdrawNeedInput", `${NEED} ... on VersionConflict { currentVersion }`);
export const CREATE_OFFER = mutation("createOffer", "CreateOfferInput", `${OFFER} ... on AlreadyExists { field }`);
export const UPDATE_OFFER = mutation("updateOffer", "UpdateOfferInput", `${OFFER} ... on VersionConflict { currentVersion }`);
export const WITHDRAW_OFFER = mutation("withdrawOffer", "WithdrawOfferInput", `${OFFER} ... on VersionConflict { currentVersion }`);

// what somebody enters by hand: without what only an import says
export const wish = (roundKey: string, key: string, more: object = {}) => {
  const { roundKey: _round, illustrative: _illustrative, source: _source, ...given } = need(roundKey, key, more);
  return { ...given, roundId: roundId(roundKey) };
};
export const gift = (roundKey: string, key: string, more: object = {}) => {
  const { roundKey: _round, illustrative: _illustrative, source: _source, ...given } = offer(roundKey, key, more);
  return { ...given, roundId: roundId(roundKey) };
};

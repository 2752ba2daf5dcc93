import { SHOWN, those, type ConceptPermissions, type Hidden } from "@gongjian/subgraph";
import { seesHiddenOffer } from "../visibility";
import { canWriteOffer, scopesOfOffer } from "./offer.policy";

const hidden: Hidden = { policy: "seesHiddenOffer", sees: seesHiddenOffer };
const write = those("canWriteOffer", (viewer, place) => canWriteOffer(viewer, scopesOfOffer(place.organisationId, place)));

export const offerPermissions: ConceptPermissions = {
  concept: "Offer",
  hidden: { "its round is not published": hidden, "it is withdrawn": hidden },
  operations: { offer: SHOWN, offers: SHOWN, createOffer: write, updateOffer: write, withdrawOffer: write, importOffers: write },
};

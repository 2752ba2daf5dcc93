import { those, type ConceptPermissions, type Ground, type Rule, type Viewer } from "@gongjian/subgraph";
import { canKeepContacts, canKnowContact, canReadContact, canReadReadings, scopesOfContact } from "./contact.policy";

/** A rule for the community's contacts, one for the organisation's, and one for those of an appointment at the community. */
const ofEach = (policy: string, may: (viewer: Viewer, scopes: readonly string[]) => boolean): Rule[] => [
  those(
    policy,
    (viewer, { communityId, regionScopeCodes }: Ground) =>
      may(viewer, scopesOfContact({ communityId, organisationId: null }, regionScopeCodes)),
    "a community's",
  ),
  those(
    policy,
    (viewer, { organisationId, regionScopeCodes }: Ground) =>
      may(viewer, scopesOfContact({ communityId: null, organisationId }, regionScopeCodes)),
    "an organisation's",
  ),
  those(
    policy,
    (viewer, { communityId, regionScopeCodes }: Ground) =>
      may(viewer, scopesOfContact({ communityId, organisationId: null }, regionScopeCodes)),
    "an appointment's",
  ),
];

const hides = (owner: "communityId" | "organisationId") => ({
  policy: "canKnowContact",
  sees: (viewer: Viewer, ground: Ground) =>
    canKnowContact(viewer, scopesOfContact({ communityId: null, organisationId: null, [owner]: ground[owner] }, ground.regionScopeCodes)),
});

const keep = ofEach("canKeepContacts", canKeepContacts);

export const contactPermissions: ConceptPermissions = {
  concept: "Contact",
  hidden: {
    "a community's is unpublished": hides("communityId"),
    "an organisation's is unpublished": hides("organisationId"),
    "an appointment's is unpublished": hides("communityId"),
  },
  parts: ["ContactRemoved"],
  operations: { addContact: keep, updateContact: keep, removeContact: keep, importContacts: keep },
  fields: { "Contact.value": ofEach("canReadContact", canReadContact) },
};

export const contactReadingPermissions: ConceptPermissions = {
  concept: "ContactReading",
  published: false,
  hidden: {},
  operations: { contactReadings: those("canReadReadings", canReadReadings) },
};

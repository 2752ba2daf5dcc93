export { HELD } from "./membership/membership.permissions";
export { communitiesPermissions } from "./permissions";
export * from "./subgraph";
export { commonName } from "./search/search.rules";
export { REFRESH_SCOPES } from "./region/region.scopes";
import { CONTACT_SEALED } from "./contact/contact.values";
import { PERSONAL_SEALED } from "./personal/personal.values";
import { REQUEST_SEALED } from "./service-request/service-request.store";

/** The tables with sealed columns, for the rotation of the data keys. */
export const SEALED_TABLES = [CONTACT_SEALED, PERSONAL_SEALED, REQUEST_SEALED];

import { createUnionType } from "type-graphql";
import { Community } from "../community/community.type";
import { Region } from "../region/region.type";

export const ServiceArea = createUnionType({
  name: "ServiceArea",
  description: "Where an organisation serves: the whole of a region, with all that lies in it or is managed by it, or a community.",
  types: () => [Region, Community] as const,
});

export interface StoredArea {
  organisationId: string;
  regionCode: string | null;
  communityId: string | null;
}

/** The fields of public service that suggestions, surveys and facilities are sorted by. */
export const SERVICE_FIELDS = [
  "HEALTH",
  "EDUCATION",
  "SAFETY",
  "TRANSPORT",
  "HOUSING",
  "CULTURE",
  "EMPLOYMENT",
  "ENVIRONMENT",
  "ELDERLY_CARE",
  "CHILD_CARE",
  "BUSINESS",
  "GOVERNANCE",
  "OTHER",
] as const;
export type ServiceField = (typeof SERVICE_FIELDS)[number];

/** Projects of the story: one that everybody may see, and one for each way of not being so. */
export const PROJECT = {
  open: "01930000-0000-7000-8000-000000000011",
  draft: "01930000-0000-7000-8000-000000000012",
  withdrawn: "01930000-0000-7000-8000-000000000013",
};
const MILESTONE = { community: "01930000-0000-7000-8000-000000000021", organisation: "01930000-0000-7000-8000-000000000022" };

/** What hides them, in the words of the table. */
export const PROJECTS_HIDDEN: readonly [string, string][] = [
  [`Project:${PROJECT.draft}`, "its need's round is not published"],
  [`Project:${PROJECT.withdrawn}`, "its need is withdrawn"],
];

interface Origins {
  needs: Record<keyof typeof PROJECT, string>;
  matches: Record<"open" | "draft", string>;
  facility: string;
}

/** The projects as no client could begin them: of a match that is not signed, and of needs that are hidden. */
export const TELL_PROJECTS = ({ needs, matches, facility }: Origins): string => `SET session_replication_role = replica;
  INSERT INTO matching.project (id, need_id, match_id, title, facility_id) VALUES
    ('${PROJECT.open}', '${needs.open}', '${matches.open}', '项目一', '${facility}'),
    ('${PROJECT.draft}', '${needs.draft}', '${matches.draft}', '项目二', '${facility}'),
    ('${PROJECT.withdrawn}', '${needs.withdrawn}', NULL, '项目三', '${facility}');
  INSERT INTO matching.milestone (id, project_id, phase, title, due_on, side) VALUES
    ('${MILESTONE.community}', '${PROJECT.open}', 'BUILD', '施工', '2030-01-01', 'COMMUNITY'),
    ('${MILESTONE.organisation}', '${PROJECT.open}', 'BUILD', '施工', '2030-01-01', 'ORGANISATION');
  SET session_replication_role = origin`;

/** How the mutations on projects are tried: what is let in answers with a conflict, and changes nothing. */
export const PROJECT_MUTATIONS = (
  expectedVersion: number,
  match: { open: string },
): Record<string, (tag: number, when?: string) => object> => ({
  createProject: () => ({ matchId: match.open }),
  updateProject: () => ({ id: PROJECT.open, expectedVersion, title: "另题" }),
  advanceProject: () => ({ id: PROJECT.open, expectedVersion, to: "BUILDING" }),
  addMilestone: (tag) => ({ projectId: PROJECT.open, phase: "PLAN", title: `设计${tag}`, dueOn: "2030-01-01" }),
  updateMilestone: () => ({ id: MILESTONE.community, expectedVersion, title: "另题" }),
  completeMilestone: (_tag, when) => ({
    id: when === "the organisation's" ? MILESTONE.organisation : MILESTONE.community,
    expectedVersion,
  }),
  acceptMilestone: () => ({ id: MILESTONE.community, expectedVersion }),
  evaluateProject: (_tag, when) => ({ projectId: PROJECT.open, evaluator: when!.slice("as ".length), rating: 5 }),
});

/** What they name that can be hidden. */
export const PROJECT_TARGETS = [{ type: "Project", named: [PROJECT.open], mutations: ["updateProject", "advanceProject", "addMilestone"] }];

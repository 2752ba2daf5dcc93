import type { Column } from "@gongjian/subgraph";
import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import { HIDDEN, HIDDEN_FIELDS } from "./story";
import { conceptOf, GROUND, type Data } from "./ground";

/**
 * Documents that go from a record by every field to every record that it shows, and from there by every field once more; and the chains of
 * records that an answer holds. An administrator's chains, less those with a link that the table hides, are what everybody else must get.
 */
const keyOf = (type: GraphQLObjectType): string | undefined => ["id", "code"].find((name) => name in type.getFields());

const objectsOf = (type: GraphQLNamedType): GraphQLObjectType[] =>
  isUnionType(type) ? [...type.getTypes()] : isObjectType(type) ? [type] : [];

/** Selections as fragments, each written once. */
export class Selection {
  private readonly fragments = new Map<string, string>();

  constructor(readonly schema: GraphQLSchema) {}

  /** What to select of a field's type. */
  of(type: GraphQLNamedType, hops: number): string {
    const objects = objectsOf(type);
    return objects.length === 1 && objects[0] === type
      ? `{ ...${this.fragment(objects[0]!, hops)} }`
      : `{ __typename ${objects.map((object) => `...${this.fragment(object, hops)}`).join(" ")} }`;
  }

  /** The document, with the fragments that its body spreads. */
  document(body: string, head = "query"): string {
    return `${head} { ${body} } ${[...this.fragments.values()].join(" ")}`;
  }

  private nameOf(type: GraphQLObjectType, hops: number): string {
    return `${type.name}_${hops < 0 ? "key" : hops}`;
  }

  private fragment(type: GraphQLObjectType, hops: number): string {
    const name = this.nameOf(type, hops);
    if (!this.fragments.has(name)) {
      this.fragments.set(name, "");
      this.fragments.set(name, `fragment ${name} on ${type.name} { ${this.body(type, hops)} }`);
    }
    return name;
  }

  private body(type: GraphQLObjectType, hops: number): string {
    if (type.name.endsWith("Connection")) {
      const node = getNamedType(type.getFields()["nodes"]!.type);
      return `totalCount nodes ${this.of(node, hops)} edges { node ${this.of(node, -1)} }`;
    }
    const concept = conceptOf(type.name) !== undefined;
    const field = concept ? keyOf(type) : undefined;
    const key = field === undefined ? "" : ` k: ${field}`;
    if (concept && hops < 0) return `__typename${key}`;
    const fields = Object.values(type.getFields()).flatMap((field) => this.field(field, concept ? hops - 1 : hops, type.name));
    return `__typename${key} ${fields.join(" ")}`;
  }

  /** The type is in the alias: two types of a union may have a field of one name and different types. */
  private field(field: GraphQLField<unknown, unknown>, hops: number, of: string): string[] {
    const type = getNamedType(field.type);
    if (objectsOf(type).length === 0 || field.args.some(isRequiredArgument)) return [];
    // A part that shows another of its kind, as a correction what it corrects, is not gone through again.
    if (isObjectType(type) && this.fragments.get(this.nameOf(type, hops)) === "") return [];
    return [`f_${field.name}__${of}: ${field.name} ${this.of(type, hops)}`];
  }
}

/** Every record that an answer holds, as the way that led to it: `event>Event:1.rounds>Round:2`. */
export function chainsOf(value: Data, path: string, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value as Data[]) chainsOf(item, path, found);
  if (value === null || typeof value !== "object" || Array.isArray(value)) return found;
  const here = value.k === undefined ? path : `${path}>${value.__typename}:${value.k}`;
  if (here !== path) found.add(here);
  if (value.totalCount !== undefined && value.totalCount !== value.nodes.length)
    found.add(`${here} counts ${value.totalCount} and shows ${value.nodes.length}`);
  for (const [name, inner] of Object.entries(value as Record<string, Data>)) {
    if (name.startsWith("f_")) chainsOf(inner, `${here}.${name.slice(2).split("__")[0]}`, found);
    else if (["nodes", "edges", "node"].includes(name)) chainsOf(inner, here, found);
  }
  return found;
}

/** Whether the table lets the column see a record. */
export function isVisible(record: string, { viewer }: Column): boolean {
  const reason = HIDDEN.get(record);
  if (reason === undefined) return true;
  const concept = conceptOf(record.slice(0, record.indexOf(":")))!;
  const hidden = concept.hidden[reason];
  if (!hidden)
    throw new Error(`${concept.concept} has no reason "${reason}" in the table; it has: ${Object.keys(concept.hidden).join(", ")}`);
  return hidden.sees(viewer, GROUND);
}

const linksOf = (chain: string): string[] => chain.split(">").slice(1);
const recordOf = (link: string): string => link.split(".")[0]!;

/** Whether the column may be led along a chain. @param given how many of its first links the one who asks has named themselves */
const mayFollow = (chain: string, column: Column, given = 0): boolean =>
  linksOf(chain).every((link, index) => {
    const [record = "", ...fields] = link.split(".");
    const rule = fields.length > 0 ? HIDDEN_FIELDS.get(`${record}.${fields[0]}`) : undefined;
    if (rule && rule.verdict(column.viewer, GROUND) !== "ALLOW") return false;
    return index < given || isVisible(record, column);
  });

/** Fields that show one of several, the first that the viewer may see: another one to each. What they show, the list shows too. */
const CHOSEN: Readonly<Record<string, string>> = { "Event.round": "rounds" };
/** Parts of a record that are there for what they hold: to whom it is hidden, the part is not there either. */
const HELD_BY: Readonly<Record<string, string>> = { "Round.communities.community": "Round.communities.needs" };

const CHOICE = new RegExp(`(${Object.keys(CHOSEN).join("|").replaceAll(".", ":[^.>]+[.]")})>`, "u");

/** The chains of an administrator's answer that the column must get. */
export function expectedOf(chains: ReadonlySet<string>, column: Column, given = 0): string[] {
  const followed = [...chains].filter((chain) => !CHOICE.test(chain) && mayFollow(chain, column, given));
  return followed.filter((chain) => Object.entries(HELD_BY).every(([part, holder]) => isHeld(chain, part, holder, followed))).sort();
}

function isHeld(chain: string, part: string, holder: string, chains: readonly string[]): boolean {
  const [type = "", ...fields] = part.split(".");
  const found = new RegExp(`^(.*>${type}:[^.>]+)[.]${fields.join("[.]")}>`, "u").exec(chain);
  return found === null || chains.some((other) => other.startsWith(`${found[1]}.${holder.split(".").slice(1).join(".")}>`));
}

/** The chains of the column's own answer, but for those that were chosen for it: these must stand in their list as well. */
export function receivedOf(chains: ReadonlySet<string>): string[] {
  const strays = [...chains].filter((chain) => {
    const [choice] = CHOICE.exec(chain) ?? [];
    if (choice === undefined) return false;
    const [type = "", field = ""] = [choice.slice(0, choice.indexOf(":")), choice.slice(choice.indexOf(".") + 1, -1)];
    const list = CHOSEN[`${type}.${field}`]!;
    const [before = "", after = ""] = chain.split(choice);
    return !chains.has(`${before}${choice.slice(0, choice.indexOf("."))}.${list}>${after}`);
  });
  return [...[...chains].filter((chain) => !CHOICE.test(chain)), ...strays].sort();
}

/** The fields that were seen to lead to something hidden, as `Type.field`, the last step alone. */
export function fieldsToHidden(chains: Iterable<string>): Set<string> {
  const found = new Set<string>();
  for (const chain of chains) {
    const links = linksOf(chain);
    const last = links.at(-1);
    const before = links.at(-2);
    if (last === undefined || before === undefined || !HIDDEN.has(recordOf(last))) continue;
    const [record = "", ...fields] = before.split(".");
    found.add(`${record.split(":")[0]}.${fields.join(".")}`);
  }
  return found;
}

/** The fields, through parts too, by which the schema leads from a concept to a concept that can be hidden: `Need.alternatives.offer`. */
export function fieldsToConcepts(schema: GraphQLSchema): string[] {
  const guarded = (name: string): boolean => Object.keys(conceptOf(name)?.hidden ?? {}).length > 0;
  const below = (type: GraphQLNamedType, path: string, depth: number): string[] =>
    objectsOf(type).flatMap((object) => {
      const node = object.name.endsWith("Connection") ? getNamedType(object.getFields()["nodes"]!.type) : object;
      if (conceptOf(node.name)) return guarded(node.name) ? [path] : [];
      return depth === 0 || !isObjectType(node) ? [] : fieldsOf(node, path, depth - 1);
    });
  const fieldsOf = (type: GraphQLObjectType, path: string, depth: number): string[] =>
    Object.values(type.getFields()).flatMap((field) =>
      field.args.some(isRequiredArgument) || (!conceptOf(type.name) && getNamedType(field.type) === type)
        ? []
        : below(getNamedType(field.type), `${path}.${field.name}`, depth),
    );
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => conceptOf(name) !== undefined)
    .flatMap((type) => fieldsOf(type, type.name, 3));
}

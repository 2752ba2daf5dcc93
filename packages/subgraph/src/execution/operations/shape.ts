import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode, visit } from "graphql";

/** The size of the largest operation in a document, fragments expanded. */
export interface Shape {
  depth: number;
  /** Aliases, and repetitions of a field within one selection: both ask for the same again. */
  aliases: number;
  rootFields: number;
  /** Directives anywhere in the document. */
  directives: number;
}

interface Measure {
  depth: number;
  aliases: number;
  fields: number;
}

const NOTHING: Measure = { depth: 0, aliases: 0, fields: 0 };

/** How many root fields each operation of a valid document has, by name (an anonymous one by ""), fragments expanded. */
export function rootFieldsOf(document: DocumentNode): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    counts.set(node.name?.value ?? "", shapeOf({ ...document, definitions: [node, ...fragments] }).rootFields);
  }
  return counts;
}

/** Measures a document before it is validated, in time linear in its length: each fragment is measured once. */
export function shapeOf(document: DocumentNode): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const measured = new Map<string, Measure>();

  function fragment(name: string): Measure {
    const known = measured.get(name);
    if (known) return known;
    // a fragment that spreads itself is refused by validation; here it must only not go on forever
    measured.set(name, NOTHING);
    const definition = fragments.get(name);
    const measure = definition ? selections(definition.selectionSet) : NOTHING;
    measured.set(name, measure);
    return measure;
  }

  function selections({ selections: nodes }: SelectionSetNode): Measure {
    const total = { ...NOTHING };
    const names = new Set<string>();
    for (const node of nodes) {
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        if (node.alias || names.has(key)) total.aliases += 1;
        names.add(key);
        total.fields += 1;
        const introspects = node.name.value.startsWith("__");
        const below = node.selectionSet && !introspects ? selections(node.selectionSet) : NOTHING;
        total.aliases += below.aliases;
        total.depth = Math.max(total.depth, 1 + below.depth);
      } else {
        const inner = node.kind === Kind.FRAGMENT_SPREAD ? fragment(node.name.value) : selections(node.selectionSet);
        total.aliases += inner.aliases;
        total.fields += inner.fields;
        total.depth = Math.max(total.depth, inner.depth);
      }
    }
    return total;
  }

  const shape: Shape = { depth: 0, aliases: 0, rootFields: 0, directives: countDirectives(document) };
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const { depth, aliases, fields } = selections(node.selectionSet);
    shape.depth = Math.max(shape.depth, depth);
    shape.aliases = Math.max(shape.aliases, aliases);
    shape.rootFields = Math.max(shape.rootFields, fields);
  }
  return shape;
}

function countDirectives(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    Directive: () => {
      count += 1;
    },
  });
  return count;
}

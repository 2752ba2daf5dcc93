import "reflect-metadata";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { printSchemaWithDirectives } from "@graphql-tools/utils";
import { GraphQLError, GraphQLScalarType, parse } from "graphql";
import {
  Arg,
  buildSchemaSync,
  createResolversMap,
  createUnionType,
  Directive,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  InterfaceType,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Root,
} from "type-graphql";
import type { ExecutableSubgraph } from "./types";

/** A small type-graphql subgraph, for tests: with scalars that are objects, abstract types told apart in each way, nulls and failures. */
enum Kind {
  URBAN = "urban",
  VILLAGE = "village",
}
registerEnumType(Kind, { name: "Kind" });

const Instant = new GraphQLScalarType<Date, Date>({
  name: "Instant",
  serialize: (value) => value as Date,
  parseValue: (value) => {
    const date = new Date(String(value));
    if (Number.isNaN(date.getTime())) throw new GraphQLError("Instant cannot represent it");
    return date;
  },
});

@InterfaceType({ resolveType: (value: { members?: number }) => (value.members === undefined ? "Place" : "Team") })
abstract class Named {
  @Field() name!: string;
}
@ObjectType({ implements: Named })
@Directive('@key(fields: "id")')
class Place extends Named {
  @Field(() => ID) id!: string;
  @Field(() => Kind) kind!: Kind;
  @Field(() => Instant, { nullable: true }) founded?: Date;
}
@ObjectType({ implements: Named })
class Team extends Named {
  @Field(() => Int) members!: number;
}
@ObjectType()
class Full {
  @Field(() => Int) seatsLeft!: number;
}
@ObjectType()
class Joined {
  @Field(() => Place) place!: Place;
}
const Plain = createUnionType({ name: "Plain", types: () => [Full, Joined] as const });
const Async = createUnionType({
  name: "Async",
  types: () => [Full, Joined] as const,
  resolveType: async (value) => ("place" in value ? "Joined" : "Full"),
});
@InputType()
class Filter {
  @Field(() => Kind, { nullable: true }) kind?: Kind;
  @Field(() => [Instant], { nullable: true }) founded?: Date[];
  @Field(() => Int, { defaultValue: 7 }) size!: number;
}

const PLACES = ["1", "2", "3"].map((id) => ({
  __typename: "Place",
  id,
  name: `龙泉 ${id}`,
  kind: id === "2" ? Kind.VILLAGE : Kind.URBAN,
  founded: id === "3" ? undefined : new Date(Date.UTC(2001, 0, Number(id))),
}));
const at = (index: number) => PLACES[index] as unknown as Place;
const full = () => Object.assign(new Full(), { seatsLeft: 3 });
const joined = () => Object.assign(new Joined(), { place: at(0) });

@Resolver(() => Place)
class Places {
  @Query(() => [Place]) places(): Place[] {
    return PLACES as unknown as Place[];
  }
  @Query(() => Place, { nullable: true }) place(@Arg("id", () => ID) id: string): Place | undefined {
    return PLACES.find((place) => place.id === id) as unknown as Place;
  }
  @Query(() => [Named]) async named(): Promise<Named[]> {
    return [at(0), { __typename: "Team", name: "t", members: 4 } as unknown as Team];
  }
  @Query(() => [Plain]) plain() {
    return [full(), joined()];
  }
  @Query(() => [Async]) later() {
    return [full(), joined()];
  }
  @Query(() => String) echo(
    @Arg("filter", () => Filter, { nullable: true }) filter?: Filter,
    @Arg("n", () => Int, { defaultValue: 2 }) n?: number,
  ): string {
    return JSON.stringify({ filter, n });
  }
  @Query(() => [String], { nullable: "itemsAndList" }) holes(): (string | null)[] {
    return ["a", null, "c"];
  }
  @Query(() => [String], { nullable: true })
  strict(): (string | null)[] {
    return ["a", null, "c"];
  }
  @Mutation(() => Plain) join(@Arg("id", () => ID) id: string) {
    return id === "1" ? joined() : full();
  }
  @FieldResolver(() => String, { nullable: true }) soft(@Root() { id }: Place): string {
    if (id === "2") throw new GraphQLError("No.", { extensions: { code: "FORBIDDEN", detail: { at: new Date(0) } } });
    return `soft ${id}`;
  }
  @FieldResolver(() => String) async hard(@Root() { id }: Place): Promise<string> {
    if (id === "2") throw new Error("the database is at 10.0.0.1");
    return `hard ${id}`;
  }
  @FieldResolver(() => Int, { nullable: true }) crooked(@Root() { id }: Place): number {
    return id === "2" ? ("not a number" as unknown as number) : 1;
  }
  @FieldResolver(() => Place, { nullable: true }) next(@Root() { id }: Place): Place | undefined {
    return PLACES[Number(id)] as unknown as Place;
  }
}

export function toySubgraph(): ExecutableSubgraph {
  const plain = buildSchemaSync({ resolvers: [Places], validate: false, skipCheck: true, scalarsMap: [{ type: Date, scalar: Instant }] });
  const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n${printSchemaWithDirectives(plain)}`;
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  const reference = async ({ id }: { id: string }) => PLACES.find((place) => place.id === id) ?? null;
  resolvers.Place = { ...resolvers.Place, __resolveReference: reference };
  return {
    name: "toy",
    sdl,
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]),
    createContext: () => ({}),
    formatError: ({ message, path, originalError, extensions }) =>
      originalError && extensions.code === undefined && !(originalError instanceof GraphQLError)
        ? { message: "masked", path, extensions: { code: "INTERNAL" } }
        : { message, path, extensions },
    ping: async () => {},
    close: async () => {},
  };
}

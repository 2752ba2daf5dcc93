import { AssumedSize, HanTextScalar } from "@gongjian/subgraph";
import { Field, ID, Int, ObjectType } from "type-graphql";

@ObjectType({ description: "A community or organisation in the network of pairings." })
export class PairingNetworkNode {
  @Field(() => ID, { description: "`community:<id>` or `organisation:<id>`; edges name it so." })
  place: string;

  @Field(() => HanTextScalar, { description: "Its name." })
  name: string;

  @Field({ description: "Whether it lies in the region; others are there because somebody in the region is paired with them." })
  inside: boolean;

  @Field(() => Int, { description: "With how many others it is paired." })
  degree: number;

  @Field(() => Int, { description: "Its component: the largest is 0." })
  component: number;
}

@ObjectType({ description: "Two that are paired with each other." })
export class PairingNetworkEdge {
  @Field(() => ID, { description: "One of them." })
  from: string;

  @Field(() => ID, { description: "The other." })
  to: string;

  @Field(() => Int, { description: "In how many pairings." })
  pairings: number;
}

@ObjectType({ description: "A part of the network that hangs together." })
export class PairingNetworkComponent {
  @Field(() => Int, { description: "How many communities and organisations it has." })
  size: number;

  @AssumedSize(5)
  @Field(() => [ID], { description: "Them, as the nodes name them." })
  places: string[];
}

@ObjectType({ description: "Who is paired with whom in a region, over the pairings that are signed and hold." })
export class PairingNetwork {
  @AssumedSize(50)
  @Field(() => [PairingNetworkNode], { description: "Those that are paired. At most 2,000." })
  nodes: PairingNetworkNode[];

  @AssumedSize(100)
  @Field(() => [PairingNetworkEdge], { description: "Who with whom." })
  edges: PairingNetworkEdge[];

  @AssumedSize(20)
  @Field(() => [PairingNetworkComponent], { description: "The parts that hang together, the largest first." })
  components: PairingNetworkComponent[];

  @AssumedSize(10)
  @Field(() => [PairingNetworkNode], { description: "The ten in the region that are paired with the most others." })
  mostConnected: PairingNetworkNode[];

  @Field(() => Int, { description: "How many communities of the region are paired with nobody." })
  isolatedCount: number;

  title: string;
  isolatedIds: string[];
}

import type { Database, Statement, StatementMeter } from "@gongjian/database";
import { toScript } from "@gongjian/hantext";
import type { SubgraphEndpoint } from "../execution";
import type { Call, Viewer } from "../identity";
import { LoaderSet, type LoaderDefinition } from "../loaders/loaders";

/** The other subgraphs, as this one may ask them. Answers may be null: a foreign record can be missing. */
export type Peers = Partial<Record<"communities" | "events" | "matching", SubgraphEndpoint>>;

/** What every resolver and service of a request has at hand. Each subgraph extends it with its services. */
export class SubgraphContext {
  readonly meter: StatementMeter = { statements: 0 };
  private readonly loaders = new LoaderSet<this>(this);

  constructor(
    readonly database: Database,
    readonly call: Call,
    readonly peers: Peers,
  ) {}

  get viewer(): Viewer {
    return this.call.viewer;
  }

  get script(): Call["script"] {
    return this.call.script;
  }

  /** Reads rows outside a transaction; the statement is counted. */
  rows<T>(statement: Statement, params: readonly unknown[] = []): Promise<T[]> {
    return this.database.rows<T>(statement, params, this.meter);
  }

  load<K, V>(definition: LoaderDefinition<never, K, V>, key: K): Promise<V> {
    return this.loaders.load(definition as unknown as LoaderDefinition<this, K, V>, key);
  }

  /** Forgets what loaders have read, after a write in the same request. */
  forget(): void {
    this.loaders.clear();
  }

  inScript(text: string): string {
    return this.call.script === null ? text : toScript(text, this.call.script);
  }
}

/** A strict reader of the tsquery text that we write, and its evaluation over a row's lexemes: what PostgreSQL would answer. */
type Node = { lexeme: string; prefix: boolean } | { all: Node[] } | { any: Node[] };

/** Throws on anything but quoted lexemes, `:*`, `&`, `|` and brackets in their places. */
export function parseTsQuery(text: string): Node {
  let at = 0;
  const fail = (): never => {
    throw new SyntaxError(`not a tsquery at ${at}: ${JSON.stringify(text)}`);
  };
  const take = (token: string): boolean => {
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  };
  const atom = (): Node => {
    if (take("(")) {
      const inner = any();
      return take(")") ? inner : fail();
    }
    if (!take("'")) return fail();
    let lexeme = "";
    for (;;) {
      if (at >= text.length || text[at] === "\0") return fail();
      if (take("''")) lexeme += "'";
      else if (take("\\")) lexeme += text[at++] ?? fail();
      else if (take("'")) break;
      else lexeme += text[at++];
    }
    return lexeme === "" ? fail() : { lexeme, prefix: take(":*") };
  };
  const all = (): Node => {
    const parts = [atom()];
    while (take(" & ")) parts.push(atom());
    return parts.length > 1 ? { all: parts } : (parts[0] as Node);
  };
  const any = (): Node => {
    const parts = [all()];
    while (take(" | ")) parts.push(all());
    return parts.length > 1 ? { any: parts } : (parts[0] as Node);
  };
  const node = any();
  return at === text.length ? node : fail();
}

export function matches(query: string, tokens: readonly string[]): boolean {
  const holds = (node: Node): boolean => {
    if ("all" in node) return node.all.every(holds);
    if ("any" in node) return node.any.some(holds);
    return tokens.some((token) => (node.prefix ? token.startsWith(node.lexeme) : token === node.lexeme));
  };
  return holds(parseTsQuery(query));
}

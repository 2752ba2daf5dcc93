import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./page.css";
import type { Fetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

interface Example {
  name: string;
  query: string;
}

const TOKEN = "gongjian-token";

const fetcher: Fetcher = async (operation, options) => {
  const token = sessionStorage.getItem(TOKEN);
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }), ...options?.headers },
    body: JSON.stringify(operation),
  });
  return response.json();
};

/** Where a token is pasted. It is kept for this browser tab alone, and sent with each operation. */
function TokenBar() {
  const [token, setToken] = useState(sessionStorage.getItem(TOKEN) ?? "");
  const keep = (value: string) => {
    const trimmed = value.replace(/^Bearer\s+/i, "").trim();
    setToken(trimmed);
    if (trimmed) sessionStorage.setItem(TOKEN, trimmed);
    else sessionStorage.removeItem(TOKEN);
  };
  return (
    <header className="token-bar">
      <strong>Gongjian 共建</strong>
      <label>
        Token
        <input
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="none: you ask as the public. Make one with: gongjian token --role officer --scope region:…"
          value={token}
          onChange={({ target }) => keep(target.value)}
        />
      </label>
    </header>
  );
}

async function examples(): Promise<Example[]> {
  const response = await fetch("/graphiql/examples.json");
  return response.ok ? response.json() : [];
}

async function show(root: HTMLElement) {
  const tabs = (await examples()).map(({ query }) => ({ query }));
  createRoot(root).render(
    <StrictMode>
      <TokenBar />
      <GraphiQL fetcher={fetcher} defaultTabs={tabs} shouldPersistHeaders={false} inputValueDeprecation />
    </StrictMode>,
  );
}

show(document.getElementById("root") as HTMLElement);

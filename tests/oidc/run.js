// Signs a person in at a certified OpenID Connect provider (npm's oidc-provider) on this machine, as an app of another
// house would, and calls a server on each database with the access token that the provider gave, before and after the
// provider has changed its keys. `make check-oidc` installs what it needs.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Provider from "oidc-provider";

const AUDIENCE = "https://api.kokemusvayla.example";
const EMAIL = "yllapito@kokemusvayla.example";
const CALLBACK = "https://app.kokemusvayla.example/callback";
const CLIENT = { client_id: "their-app", client_secret: "only-for-this-test" };
const BASIC = `Basic ${Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString("base64")}`;

const root = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..", "..");
const program = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", "kokemusvayla");
const folder = mkdtempSync(join(tmpdir(), "kokemusvayla-oidc-"));

/** A private key as the provider wants it. */
const key = (kid, kind, options) => ({
  ...generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" }), kid, use: "sig",
});

const signing = (kid) => key(kid, "ec", { namedCurve: "P-256" });

/** A database of each kind, and a key file beside it. */
function databases() {
  const postgres = process.env.TEST_POSTGRES_URL;
  assert.ok(postgres, "tests/with-postgres says where PostgreSQL is");
  const name = `oidc_${Date.now()}`;
  const made = spawnSync("psql", ["--quiet", `${postgres}/postgres`, "--command", `CREATE DATABASE ${name}`]);
  assert.equal(made.status, 0, made.stderr.toString());
  return [["sqlite", `sqlite:${folder}/db`], ["postgres", `${postgres}/${name}`]].map(([kind, url]) => ({
    ...process.env, DATABASE_URL: url, KOKEMUSVAYLA_DATA_KEY_FILE: `${folder}/${kind}.key`,
  }));
}

/** The provider with these keys, on a port of its own or on that of the one before. */
async function provide(keys, port = 0) {
  const http = createServer();
  // The next provider does not answer on connections to this one.
  http.maxRequestsPerSocket = 1;
  await new Promise((resolve) => http.listen(port, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${http.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [CALLBACK], grant_types: ["authorization_code", "client_credentials"], response_types: ["code"] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"] },
    cookies: { keys: ["only-for-this-test"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: EMAIL, email_verified: true }) }),
    extraTokenClaims: (_, token) => (token.accountId ? { email: EMAIL, email_verified: true } : undefined),
    features: {
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: "api", audience: AUDIENCE, accessTokenFormat: "jwt", jwt: { sign: { alg: "ES256" } } }),
      },
    },
    jwks: { keys },
    pkce: { required: () => false },
  });
  http.on("request", provider.callback());
  const stop = () => {
    http.closeAllConnections();
    return new Promise((resolve) => http.close(resolve));
  };
  return { issuer, port: http.address().port, stop };
}

/** The server, trusting the provider. */
async function serve(issuer, environment) {
  const made = spawnSync(program, ["admin", "create-administrator", "--name", "Yrjö Ylläpitäjä", "--email", EMAIL], { env: environment });
  assert.equal(made.status, 0, made.stderr.toString());
  const settings = { issuers: [{ issuer, audience: AUDIENCE, loopback: true, person: { by: "email" } }] };
  writeFileSync(`${folder}/issuers.json`, JSON.stringify(settings));
  const server = spawn(program, ["serve", "--listen", "127.0.0.1:0", "--issuers", `${folder}/issuers.json`], { env: environment, stdio: ["ignore", "ignore", "pipe"] });
  for await (const line of createInterface(server.stderr)) {
    const port = /listening on port (\d+)/.exec(line)?.[1];
    if (port) {
      server.stderr.resume();
      return { url: `http://127.0.0.1:${port}`, stop: () => server.kill() };
    }
  }
  throw new Error("the server ended");
}

/** What the provider gives an app whose user signs in, with every page in between. */
async function signIn(issuer) {
  const cookies = new Map();
  let url = new URL(`${issuer}/auth?${new URLSearchParams({ client_id: CLIENT.client_id, redirect_uri: CALLBACK, response_type: "code", scope: "openid email api", resource: AUDIENCE })}`);
  let form;
  while (!url.href.startsWith(CALLBACK)) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = form && new URLSearchParams(form);
    const answer = await fetch(url, { method: body ? "POST" : "GET", body, headers: { cookie }, redirect: "manual" });
    for (const set of answer.headers.getSetCookie()) {
      const [name, value] = set.split(";")[0].split(/=(.*)/s);
      cookies.set(name, value);
    }
    form = undefined;
    if (answer.headers.has("location")) {
      url = new URL(answer.headers.get("location"), url);
      continue;
    }
    const page = await answer.text();
    assert.equal(answer.status, 200, page);
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    assert.ok(prompt, page);
    form = prompt === "login" ? { prompt, login: "somebody", password: "anything" } : { prompt };
    url = new URL(/action="([^"]+)"/.exec(page)[1], url);
  }
  return ask(issuer, { grant_type: "authorization_code", code: url.searchParams.get("code"), redirect_uri: CALLBACK, resource: AUDIENCE });
}

async function ask(issuer, form) {
  const answer = await fetch(`${issuer}/token`, { method: "POST", headers: { authorization: BASIC }, body: new URLSearchParams(form) });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body;
}

const me = (server, token) => fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });

/** That exactly whom the provider knows is let in. Gives the token of the person. */
async function letIn(server, issuer) {
  const given = await signIn(issuer);
  const answer = await me(server, given.access_token);
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  assert.equal(body.facts.email, EMAIL);
  assert.equal(body.roles[0].role, "platform_admin");
  assert.equal((await me(server, given.id_token)).status, 401, "an identity token is no access token");
  const machine = await ask(issuer, { grant_type: "client_credentials", scope: "api", resource: AUDIENCE });
  assert.equal((await me(server, machine.access_token)).status, 401, "a token of nobody lets nobody in");
  return given.access_token;
}

/** That a token with the provider's next key is good as soon as the server may ask for keys again. */
async function noticed(server, token) {
  for (const until = Date.now() + 45_000; Date.now() < until; ) {
    if ((await me(server, token)).status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  assert.fail("the provider's new key was never asked for");
}

const [first, next] = [signing("first"), signing("next")];
const rsa = key("rsa", "rsa", { modulusLength: 2048 });
let provider = await provide([first, rsa]);
const { issuer, port } = provider;
const servers = [];
try {
  for (const environment of databases()) servers.push(await serve(issuer, environment));
  const before = [];
  for (const server of servers) before.push(await letIn(server, issuer));
  // The provider changes its keys: the next one signs, the first one is still published.
  await provider.stop();
  provider = await provide([next, first, rsa], port);
  const { access_token: after } = await signIn(issuer);
  const kid = JSON.parse(Buffer.from(after.split(".")[0], "base64url").toString()).kid;
  assert.equal(kid, "next");
  await Promise.all(servers.map((server) => noticed(server, after)));
  for (const [at, server] of servers.entries()) assert.equal((await me(server, before[at])).status, 200, "the first key is still good");
  // It is away: what is known of its keys holds.
  await provider.stop();
  for (const server of servers) assert.equal((await me(server, after)).status, 200, "keys are kept");
  console.log("oidc: a person of a certified provider was let in on both databases, and nobody else, across a change of its keys");
} finally {
  for (const server of servers) server.stop();
  await provider.stop();
  rmSync(folder, { recursive: true });
}
process.exit(0);

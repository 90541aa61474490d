// A team's need goes to the liaison, who searches the bank: as a front-end would write it, with openapi-fetch.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import createClient from "openapi-fetch";

import type { components, paths } from "./generated/schema.js";

const baseUrl = process.env["KOKEMUSVAYLA_URL"] ?? "";

function as(token: string) {
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}`, "Accept-Language": "fi" } });
}

const orderer = as(process.env["ORDERER"] ?? "");
const liaison = as(process.env["LIAISON"] ?? "");

const me = await orderer.GET("/v1/me");
assert.equal(me.response.status, 200);
assert.ok(me.data?.roles.length);

// The unit is that of the order that the demo has played.
const listed = await orderer.GET("/v1/orders", { params: { query: { limit: 1 } } });
const earlier = listed.data?.items[0];
assert.ok(earlier);

const form: components["schemas"]["OrderForm"] = earlier.form;
const header = { "Idempotency-Key": randomUUID() };
const body = { node_id: earlier.node_id, form };
const made = await orderer.POST("/v1/orders", { params: { header }, body });
assert.equal(made.response.status, 201);
assert.ok(made.data);
const path = { order_id: made.data.id };
assert.equal(made.response.headers.get("location"), `/v1/orders/${path.order_id}`);

// The same key gives the first answer again.
const again = await orderer.POST("/v1/orders", { params: { header }, body });
assert.equal(again.response.headers.get("idempotent-replayed"), "true");
assert.equal(again.data?.id, made.data.id);

// A change names the version that it changes; a wrong value is told with its place.
const seen = await orderer.GET("/v1/orders/{order_id}", { params: { path } });
const tag = seen.response.headers.get("etag") ?? "";
const wrong = await orderer.PATCH("/v1/orders/{order_id}", {
  params: { path, header: { "If-Match": tag } },
  body: { form: { experts_wanted: -1 } },
});
assert.equal(wrong.response.status, 400);
assert.equal(wrong.error?.code, "invalid");
assert.equal(wrong.error?.errors?.[0]?.pointer, "#/form/experts_wanted");
const changed = await orderer.PATCH("/v1/orders/{order_id}", {
  params: { path, header: { "If-Match": tag } },
  body: { form: { experts_wanted: 1 } },
});
assert.equal(changed.response.status, 200);

const sent = await orderer.POST("/v1/orders/{order_id}/submit", { params: { path } });
assert.equal(sent.data?.state.name, "submitted");

const taken = await liaison.POST("/v1/orders/{order_id}/take", { params: { path } });
assert.equal(taken.data?.state.name, "brokering");
const found = await liaison.POST("/v1/bank/searches", {
  body: { order_id: path.order_id, criteria: { required: { task_types: ["lecture"] } } },
});
assert.equal(found.response.status, 201);
assert.ok(found.data && found.data.found > 0);

const cancelled = await orderer.POST("/v1/orders/{order_id}/cancel", {
  params: { path },
  body: { reason: "Tilaisuus peruuntui." },
});
assert.equal(cancelled.data?.state.name, "cancelled");
console.log("openapi-fetch: order, submit, take, search, cancel");

// The chain of chain.ts through a client that is generated whole, functions and all.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";

import { createClient } from "./generated/sdk/client/index.js";
import {
  cancelOrder,
  createOrder,
  getOrder,
  getWorkflow,
  listOrders,
  searchBank,
  submitOrder,
  takeOrder,
  updateOrder,
} from "./generated/sdk/sdk.gen.js";

const baseUrl = process.env["KOKEMUSVAYLA_URL"] ?? "";

function as(token: string | undefined) {
  return createClient({ baseUrl, auth: () => token });
}

const orderer = as(process.env["ORDERER"]);
const liaison = as(process.env["LIAISON"]);

const workflow = await getWorkflow({ client: orderer, path: { workflow_name: "order" } });
assert.ok(workflow.data?.arrows.some((arrow) => arrow.action === "submit"));

const listed = await listOrders({ client: orderer, query: { limit: 1 } });
const earlier = listed.data?.items[0];
assert.ok(earlier);

const made = await createOrder({
  client: orderer,
  headers: { "Idempotency-Key": randomUUID() },
  body: { node_id: earlier.node_id, form: earlier.form },
});
assert.equal(made.response?.status, 201);
assert.ok(made.data);
const path = { order_id: made.data.id };

const seen = await getOrder({ client: orderer, path });
const headers = { "If-Match": seen.response?.headers.get("etag") ?? "" };
const wrong = await updateOrder({ client: orderer, path, headers, body: { form: { experts_wanted: -1 } } });
assert.equal(wrong.error?.errors?.[0]?.pointer, "#/form/experts_wanted");
const changed = await updateOrder({ client: orderer, path, headers, body: { form: { experts_wanted: 1 } } });
assert.equal(changed.data?.form.experts_wanted, 1);

const sent = await submitOrder({ client: orderer, path });
assert.equal(sent.data?.state.name, "submitted");
const twice = await submitOrder({ client: orderer, path });
assert.equal(twice.error?.code, "out_of_turn");

const taken = await takeOrder({ client: liaison, path });
assert.equal(taken.data?.state.name, "brokering");
const found = await searchBank({
  client: liaison,
  body: { order_id: path.order_id, criteria: { required: { task_types: ["lecture"] } } },
});
assert.equal(found.response?.status, 201);
assert.ok(found.data && found.data.found > 0);

const cancelled = await cancelOrder({ client: orderer, path, body: { reason: "Tilaisuus peruuntui." } });
assert.equal(cancelled.data?.state.name, "cancelled");
console.log("@hey-api/openapi-ts: order, change, submit, take, search, cancel");

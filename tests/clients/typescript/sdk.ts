// The same API through a client that is generated whole, functions and all.
import assert from "node:assert/strict";

import { client } from "./generated/sdk/client.gen.js";
import { getMe, getWorkflow, listCodeSets, listOrders } from "./generated/sdk/sdk.gen.js";

client.setConfig({ baseUrl: process.env["KOKEMUSVAYLA_URL"] ?? "", auth: () => process.env["ORDERER"] });

const me = await getMe();
assert.equal(me.response?.status, 200);
const orders = await listOrders({ query: { limit: 2 } });
assert.ok(orders.data?.items.length);
const workflow = await getWorkflow({ path: { workflow_name: "order" } });
assert.ok(workflow.data?.arrows.some((arrow) => arrow.action === "submit"));
const missing = await getWorkflow({ path: { workflow_name: "nothing" } });
assert.equal(missing.error?.code, "not_found");
const codes = await listCodeSets();
assert.ok(codes.data?.sets.length);
console.log("@hey-api/openapi-ts: me, orders, workflow, code sets");

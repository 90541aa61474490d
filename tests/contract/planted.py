#!/usr/bin/env python3
"""What our rules forbid, planted in a part of the contract, and whether they found it.

    planted.py openapi.yaml                 writes the document with what is planted
    planted.py openapi.yaml FOUND.json …    fails unless each was found, by what Spectral said
"""

import copy
import json
import sys

import yaml

# Read with the others, so that a rule has what it needs to look at; one that changes, one that is answered 201, one that reads.
KEPT = {"/v1/openapi.json": ("get",), "/v1/me": ("get",), "/v1/orders": ("get", "post"), "/v1/orders/{order_id}": ("get", "patch")}
POST, PATCH, GET = ("/v1/orders", "post"), ("/v1/orders/{order_id}", "patch"), ("/v1/me", "get")


def without(operation, name):
    """The operation without a parameter of this name."""
    operation["parameters"] = [one for one in operation["parameters"] if name not in json.dumps(one)]


def plant(document):
    """Plants what the rules forbid. Gives the name of each rule, and where it has to find it."""

    def operation(of):
        return document["paths"][of[0]][of[1]]

    def answer(of, status):
        """An answer of an operation, as a thing of its own."""
        found = operation(of)["responses"][status]
        if "$ref" in found:
            found = copy.deepcopy(document["components"]["responses"][found["$ref"].rsplit("/", 1)[1]])
            operation(of)["responses"][status] = found
        return found

    def place(of, *more):
        return ["paths", *of, *more]

    # With nothing at all, and with all but the one thing.
    answer(GET, "401").pop("headers")
    yield "answer-names-request", place(GET, "responses", "401")
    yield "version-is-on-every-answer", place(GET, "responses", "401")
    answer(GET, "403")["headers"].pop("X-Request-Id")
    yield "answer-names-request", place(GET, "responses", "403")
    answer(POST, "201").pop("headers")
    yield "created-says-where", place(POST, "responses", "201")
    answer(GET, "429").pop("headers")
    yield "too-many-says-when", place(GET, "responses", "429")
    answer(GET, "503")["headers"].pop("Retry-After")
    yield "too-many-says-when", place(GET, "responses", "503")
    answer(PATCH, "403").pop("content")
    yield "errors-are-problems", place(PATCH, "responses", "403")
    answer(PATCH, "404")["content"]["text/html"] = {"schema": {"type": "string"}}
    yield "errors-are-nothing-else", place(PATCH, "responses", "404")
    next(iter(operation(PATCH)["requestBody"]["content"].values())).pop("example")
    yield "operation-example-of-body", place(PATCH, "requestBody")
    operation(POST).pop("parameters")
    yield "post-takes-a-key", place(POST)
    document["paths"]["/v1/keyless"] = {"post": copy.deepcopy(operation(POST)) | {"operationId": "keyless", "parameters": [QUERY]}}
    yield "post-takes-a-key", place(("/v1/keyless", "post"))
    yield "query-keys-are-in-snake-case", place(("/v1/keyless", "post"), "parameters")
    operation(PATCH).pop("parameters")
    yield "change-names-a-version", place(PATCH)
    document["paths"]["/v1/versionless"] = {"put": copy.deepcopy(operation(PATCH)) | {"operationId": "versionless", "parameters": [SECRET]}}
    yield "change-names-a-version", place(("/v1/versionless", "put"))
    yield "addresses-hold-no-personal-data", place(("/v1/versionless", "put"), "parameters")
    operation(PATCH)["responses"].pop("400")
    yield "wrong-input-is-400", place(PATCH, "responses")
    operation(PATCH)["responses"].pop("415")
    yield "changes-know-the-media-type", place(PATCH, "responses")
    # Within `allOf`, and where a body is described on the spot.
    parts = document["components"]["schemas"]
    parts["PlantedPart"] = {"allOf": [{"type": "object", "properties": {"camelCase": {"type": "string"}, "made_at": {"type": "string"}}}]}
    for rule, name in (("properties-are-in-snake-case", "camelCase"), ("moments-are-named-as-such", "made_at")):
        yield rule, ["components", "schemas", "PlantedPart", "allOf", "0", "properties", name]
    onspot = {"type": "object", "properties": {"kebab-case": {"type": "string"}, "seen_at": {"type": "string", "format": "date"}}}
    answer(GET, "200")["content"]["application/json"]["schema"] = onspot
    for rule, name in (("properties-are-in-snake-case", "kebab-case"), ("moments-are-named-as-such", "seen_at")):
        yield rule, place(GET, "responses", "200", "content", "application/json", "schema", "properties", name)
    parts["Moment"]["format"] = "date"
    yield "moment-is-one", ["components", "schemas", "Moment"]
    parts["Problem"]["required"].remove("detail")
    yield "problems-say-what", ["components", "schemas", "Problem"]
    answer(("/v1/orders", "get"), "200")["content"]["application/json"]["schema"] = {"type": "array", "items": {"type": "string"}}
    yield "top-level-is-an-object", place(("/v1/orders", "get"), "responses", "200")
    # The document as a whole.
    document["openapi"] = "3.2.0-draft"
    yield "document-is-openapi-3", ["openapi"]
    document["info"]["version"] = "1"
    yield "version-is-semantic", ["info", "version"]
    document["info"].pop("contact")
    yield "contact-is-complete", ["info"]
    document["paths"]["/v1/openapi.json"]["get"].pop("security")
    yield "document-needs-no-signing-in", ["paths", "/v1/openapi.json", "get"]
    document["paths"]["/Orders.php/"] = {"head": {"operationId": "odd", "responses": {}}}
    for rule in ("major-version-is-in-the-path", "path-is-in-kebab-case", "path-has-no-slash-at-the-end", "path-hides-the-implementation"):
        yield rule, ["paths", "/Orders.php/"]
    yield "methods-are-the-usual-ones", ["paths", "/Orders.php/", "head"]
    document["paths"]["/v1/order/{order_id}"] = {}
    yield "collection-is-plural", ["paths", "/v1/order/{order_id}"]


# It cannot be broken beside the one that says how the document is published.
UNPLANTED = {"document-is-published"}
QUERY = {"name": "camelCase", "in": "query", "schema": {"type": "string"}}
SECRET = {"name": "iban", "in": "query", "schema": {"type": "string"}}


def main():
    document = yaml.load(open(sys.argv[1]), Loader=yaml.CSafeLoader)
    document["paths"] = {path: {method: document["paths"][path][method] for method in methods} for path, methods in KEPT.items()}
    expected = list(plant(document))
    if not sys.argv[2:]:
        print(json.dumps(document, default=str))
        return
    found = [(one["code"], [str(part) for part in one["path"]]) for file in sys.argv[2:] for one in json.load(open(file))]
    unseen = [(rule, place) for rule, place in expected if not any(code == rule and path[: len(place)] == place for code, path in found)]
    for rule, place in unseen:
        print(f"{rule} does not find what is planted at {'.'.join(place)}")
    own = set()
    for name in ("spectral", "design-rules"):
        rules = yaml.safe_load(open(f"{sys.path[0]}/{name}.yaml"))["rules"]
        own |= {rule for rule, said in rules.items() if said is not False}
    unplanted = own - UNPLANTED - {rule for rule, _ in expected}
    for rule in sorted(unplanted):
        print(f"{rule}: nothing is planted that it forbids")
    if unseen or unplanted:
        sys.exit(1)
    print(f"{len(expected)} violations of {len(own)} rules are found")


main()

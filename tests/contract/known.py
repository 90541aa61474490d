"""The identifiers of what is there, so that requests made from the contract reach it, and are not all for nothing."""

import json
import re
import urllib.error

from sandbox import call

# How many of a kind each caller tells, and how often one of them is asked for in the place of what is made up.
EACH, SHARE = 8, 0.7


def identifiers(server, tokens):
    """For each parameter of a path, such as `order_id`, what the listings of these callers show."""
    paths = call(f"{server.url}/v1/openapi.json")["paths"]
    known = {}
    for path in sorted(paths, key=lambda path: path.count("{")):
        at = re.fullmatch(r"(.+)/\{(\w+_id)\}", path)
        if not at or "get" not in paths.get(at[1], {}):
            continue
        collection, name = at.groups()
        found = known.setdefault(name, {})
        for token in tokens:
            for listing in within(collection, known):
                found |= dict.fromkeys(listed(server.url + listing, token))
    return {name: list(found) for name, found in known.items() if found}


def within(collection, known):
    """The listing, or one for each thing that it can be within."""
    inside = re.search(r"\{(\w+)\}", collection)
    if not inside:
        return [collection]
    return [collection.replace(inside[0], parent) for parent in list(known.get(inside[1], {}))[:EACH]]


def listed(url, token):
    """What the listing shows this caller, if anything."""
    try:
        page = call(f"{url}?limit={EACH}", headers={"Authorization": f"Bearer {token}"})
    except urllib.error.HTTPError as error:
        if error.code in (400, 403, 404):
            return []
        raise
    return [item["id"] for item in page["items"] if "id" in item]


def settings(known):
    """Words for the tool's settings, by which it asks for these things in paths, filters and bodies."""
    lines = []
    for name, values in known.items():
        lines += [f"[dictionaries.{name}]", f"values = {json.dumps(values)}"]
    lines.append("[parameters]")
    for name in known:
        for place in ("path", "query", "body"):
            lines.append(f'"{place}.{name}" = {{ dictionary = "{name}", probability = {SHARE} }}')
    return "\n".join(lines) + "\n"

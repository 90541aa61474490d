"""Teaches Schemathesis to send files of the types that it knows no writer for, as the bytes that they are, and which schemas take
nothing unknown in requests although answers may have more."""

import schemathesis

schemathesis.serializer.alias(["application/pdf", "image/jpeg", "image/png"], "application/octet-stream")


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Closes what the server finds closed: what is made up beside it would be refused, and nothing behind it be tried."""
    for schema in raw_schema["components"]["schemas"].values():
        if schema.pop("x-closed-in-requests", False):
            schema["additionalProperties"] = False

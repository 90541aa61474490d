"""Teaches Schemathesis to send files of the types that it knows no writer for, as the bytes that they are."""

import schemathesis

schemathesis.serializer.alias(["application/pdf", "image/jpeg", "image/png"], "application/octet-stream")

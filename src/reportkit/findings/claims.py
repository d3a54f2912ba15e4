"""Makes claims, each with the message, the values, the rule and the evidence."""

from __future__ import annotations

from reportkit.evidence import Citation, Claim, Value


def claim(
    identity: str, message: str, rule: str, evidence: tuple[Citation, ...], **values: Value
) -> Claim:
    """A claim whose section is the first part of its id ("status.row.…")."""
    return Claim(identity, identity.split(".", 1)[0], message, values, rule, evidence)

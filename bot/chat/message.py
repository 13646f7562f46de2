"""The one Message shape that every channel renders (the chat API's, see `docs/architecture.md`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Dict, List, Mapping, Optional, Tuple

Block = Dict[str, Any]
"""One block of a message, plain text only: text, list, steps, image, notice or link."""

MOST_BUTTONS = 6
LONGEST_TITLE = 24


@dataclass(frozen=True)
class Button:
    """A choice: what it says (at most 24 characters) and what it stands for."""

    title: str
    payload: str


@dataclass(frozen=True)
class Message:
    """What one side said, with what the other may do about it."""

    id: str
    sender: str
    sent_at: datetime
    blocks: Tuple[Block, ...]
    buttons: Tuple[Button, ...] = ()
    topic: Optional[str] = None
    sources: Tuple[Mapping[str, str], ...] = ()
    feedback: bool = False

    @property
    def text(self) -> str:
        """The same content for clients that show one string."""
        return "\n\n".join(plain_text(block) for block in self.blocks)

    def as_json(self) -> Dict[str, Any]:
        """The shape that the chat API sends."""
        return {
            "id": self.id,
            "sender": self.sender,
            "sent_at": self.sent_at.isoformat(),
            "blocks": list(self.blocks),
            "text": self.text,
            "buttons": [{"title": one.title, "payload": one.payload} for one in self.buttons],
            "topic": self.topic,
            "sources": [dict(source) for source in self.sources],
            "feedback": self.feedback,
        }

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> Message:
        """The message that `as_json` gave."""
        return cls(
            id=shape["id"],
            sender=shape["sender"],
            sent_at=datetime.fromisoformat(shape["sent_at"]),
            blocks=tuple(shape["blocks"]),
            buttons=tuple(Button(one["title"], one["payload"]) for one in shape["buttons"]),
            topic=shape["topic"],
            sources=tuple(shape["sources"]),
            feedback=shape["feedback"],
        )


def plain_text(block: Block) -> str:
    """A block as plain text."""
    kind = block["type"]
    if kind == "list":
        return "\n".join(f"- {item}" for item in block["items"])
    if kind == "steps":
        return f"{block['title']}, step {block['index']} of {block['of']}: {block['text']}"
    if kind == "image":
        return f"Picture: {block['alt']}"
    if kind == "link":
        return f"{block['title']}: {block['url'].replace('tel:', '')}"
    return str(block["text"])


def from_reply(reply: Mapping[str, Any], id: str, sent_at: datetime) -> Message:
    """The message that a reply of the dialogue makes.

    Args:
        reply: `text`, `buttons` and `metadata` (`topic`, `notice`, `step`, `items`, `images`, `links`,
            `sources`) of a response, filled in. Of a step, the text is what to do.
    """
    about = reply.get("metadata") or {}
    blocks = _text_blocks(str(reply.get("text") or ""), about)
    if about.get("items"):
        blocks.append({"type": "list", "items": list(about["items"])})
    blocks += [{"type": "image", **image} for image in about.get("images", [])]
    blocks += [
        {"type": "link", "title": link["title"], "url": link["url"]} for link in about.get("links", [])
    ]
    buttons = [Button(one["title"], one["payload"]) for one in reply.get("buttons") or []]
    return Message(
        id=id,
        sender="assistant",
        sent_at=sent_at,
        blocks=tuple(blocks),
        buttons=tuple(buttons[:MOST_BUTTONS]),
        topic=about.get("topic"),
        sources=tuple({"title": one["title"], "url": one["url"]} for one in about.get("sources", [])),
        feedback=bool(about.get("sources")) and "notice" not in about,
    )


def _text_blocks(text: str, about: Mapping[str, Any]) -> List[Block]:
    """The text as a step, or as its paragraphs; the first one may be a notice."""
    if "step" in about:
        return [{"type": "steps", **about["step"], "text": text.strip()}]
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    blocks: List[Block] = [{"type": "text", "text": paragraph} for paragraph in paragraphs]
    if blocks and "notice" in about:
        blocks[0].update(type="notice", level=about["notice"])
    return blocks

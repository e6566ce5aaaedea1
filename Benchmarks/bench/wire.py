"""Just enough of the DNS wire format to ask a question and to judge the answer."""

import struct
from dataclasses import dataclass, field

TYPES = {"A": 1, "NS": 2, "SOA": 6, "AAAA": 28}
NOERROR, NXDOMAIN = 0, 3


@dataclass
class Answer:
    id: int
    rcode: int
    authoritative: bool
    truncated: bool
    addresses: set = field(default_factory=set)
    answer_count: int = 0
    serial: int | None = None  # of the SOA, in whichever section it came


def query(id, name, type="A", edns=False, subnet=None):
    """With `edns` or `subnet`, the first address of a /24, it has an OPT record."""
    labels = b"".join(
        bytes([len(label)]) + label.encode() for label in name.rstrip(".").split(".") if label
    )
    message = struct.pack("!6H", id, 0, 1, 0, 0, 1 if edns or subnet else 0)
    message += labels + b"\0" + struct.pack("!2H", TYPES[type], 1)
    if edns or subnet:
        options = b""
        if subnet:
            prefix = bytes(int(part) for part in subnet.split(".")[:3])
            options = struct.pack("!3H2B", 8, 7, 1, 24, 0) + prefix
        message += struct.pack("!BHHIH", 0, 41, 1232, 0, len(options)) + options
    return message


def _after_name(message, at):
    while True:
        length = message[at]
        if length == 0:
            return at + 1
        if length >= 0xC0:
            return at + 2
        at += 1 + length


def parse(message):
    """The answer in `message`; ValueError when it is none."""
    try:
        id, flags, questions, answers, authorities, _ = struct.unpack_from("!6H", message)
        if not flags & 0x8000:
            raise ValueError("not an answer")
        answer = Answer(id, flags & 15, bool(flags & 0x0400), bool(flags & 0x0200),
                        answer_count=answers)
        at = 12
        for _ in range(questions):
            at = _after_name(message, at) + 4
        for index in range(answers + authorities):
            at = _after_name(message, at)
            type, _, _, length = struct.unpack_from("!HHIH", message, at)
            at += 10
            if type == TYPES["A"] and index < answers:
                answer.addresses.add(".".join(str(byte) for byte in message[at:at + 4]))
            elif type == TYPES["SOA"]:
                after_names = _after_name(message, _after_name(message, at))
                answer.serial = struct.unpack_from("!I", message, after_names)[0]
            at += length
        return answer
    except (IndexError, struct.error) as error:
        raise ValueError(f"broken message: {error}") from error

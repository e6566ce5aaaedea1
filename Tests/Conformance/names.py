"""Domain names as tuples of byte labels, leftmost label first, root as ().

One form for generating, asking and comparing: text and wire forms are made
from it and only at the edges.
"""

# What stands for itself in a master file everywhere; Knot wants all else escaped.
PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_*/")


def fold(name):
    """The name's key: ASCII letters in lower case (RFC 4343)."""
    return tuple(label.lower() for label in name)


def wire_length(name):
    """Octets of the uncompressed wire form, the root label included."""
    return sum(len(label) + 1 for label in name) + 1


def is_legal(name):
    """Within the limits of RFC 1035 section 2.3.4."""
    return wire_length(name) <= 255 and all(0 < len(label) <= 63 for label in name)


def to_wire(name):
    """Uncompressed wire form."""
    return b"".join(bytes([len(label)]) + label for label in name) + b"\0"


def from_wire(data):
    """The name in an uncompressed wire form that starts at data[0]."""
    labels, position = [], 0
    while data[position]:
        length = data[position]
        labels.append(data[position + 1:position + 1 + length])
        position += 1 + length
    return tuple(labels)


def label_text(label):
    """One label in presentation form, escaped where RFC 1035 section 5.1 asks for it."""
    text = ""
    for octet in label:
        if octet in PLAIN:
            text += chr(octet)
        elif octet in b'.;()"@$':
            text += "\\" + chr(octet)
        else:
            text += "\\%03d" % octet  # also "\\" and "[", which NSD 4.6 misreads when escaped by "\\"
    return text


def to_text(name):
    """Absolute presentation form."""
    return ".".join(map(label_text, name)) + "." if name else "."


def is_under(name, ancestor):
    """Whether a folded name is at or below a folded ancestor."""
    return len(name) >= len(ancestor) and name[len(name) - len(ancestor):] == ancestor


def random_case(rng, name):
    """The same name with each letter's case drawn anew."""
    return tuple(bytes(rng.choice((octet, octet ^ 0x20)) if chr(octet).isalpha() and octet < 0x80
                       else octet for octet in label) for label in name)

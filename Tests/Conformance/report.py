"""Shows a mismatch so that it can be understood and repeated by hand."""

import shlex

import dns.message
import dns.rdatatype

import names


def type_text(number):
    try:
        return dns.rdatatype.to_text(number)
    except ValueError:
        return "TYPE%d" % number


def dig(query, port):
    """The dig command that asks the same."""
    options = ["+tcp" if query.tcp else "+ignore", "+noedns" if query.edns is None else "+bufsize=%d" % query.edns]
    options += ["+dnssec"] if query.do else []
    options += ["+rec" if query.flags & 0x100 else "+norec", "+adflag" if query.flags & 0x20 else "+noadflag"]
    options += ["+cdflag"] if query.flags & 0x10 else []
    options += ["+nocookie"] if query.edns is not None else []
    return "dig @127.0.0.1 -p %s %s %s %s" % (port, " ".join(options), shlex.quote(names.to_text(query.name)),
                                              type_text(query.type))


def message_text(message):
    """A message in dig-like text, or in hexadecimal where it cannot be parsed."""
    if message is None:
        return "    (no answer)"
    try:
        text = dns.message.from_wire(message).to_text()
    except Exception as error:  # whatever dnspython finds wrong with it
        text = "not parsed by dnspython: %s\n%s" % (error, message.hex())
    lines = text.splitlines()
    if len(lines) > 60:
        lines = lines[:50] + ["... %d more lines" % (len(lines) - 50)]
    return "\n".join("    " + line for line in lines)


def mismatch(exchange, verdict, seed, ports):
    """The whole report of one mismatch."""
    query = exchange.query
    text = ["", "MISMATCH: " + verdict.kind]
    text += ["  " + reason for reason in verdict.reasons]
    text += ["  seed %s, zone seed %s, zone %s" % (seed, query.zone.seed, names.to_text(query.zone.apex)),
             "  query %s %s" % (names.to_text(query.name), type_text(query.type)),
             "  " + dig(query, ports.get("ours", "PORT"))]
    for server, reply in exchange.replies.items():
        text += ["  %s:" % server, message_text(reply)]
    for server, reply in exchange.over_tcp.items():
        text += ["  %s over TCP:" % server, message_text(reply)]
    return "\n".join(text)

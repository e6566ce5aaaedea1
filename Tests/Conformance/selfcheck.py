"""Shows that the comparison can fail: changes recorded answers and expects to be told.

One batch is served by the peers; NSD's answer, where the peers agree, plays
ours. Unchanged it must pass, and after each of the mutations it must not. So
must NSD's answers from a DNAME into itself with Knot alone to compare with.
"""

import random
import struct
from collections import Counter

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rrset

import compare
import names
import querygen
import zonegen
from differences import DIFFERENCES, PEER_DIFFERENCES, PeerDifference, dname_into_itself
from servers import Fleet

# The last ones have a DNAME into itself.
SEEDS = [*range(100, 112), 118, 150, 151, 154, 253, 331]
ONCE = "a DNAME into itself"
ONLY_KNOT = [PeerDifference("only Knot counts", "", "knot", dname_into_itself)]


def header_bit(mask):
    def mutate(message, _):
        flags = struct.unpack_from("!H", message, 2)[0]
        return message[:2] + struct.pack("!H", flags ^ mask) + message[4:]
    return mutate


def reparsed(change):
    """A mutation on dnspython's form of the message; `change` returns False where it has nothing to change."""
    def mutate(message, rng):
        parsed = dns.message.from_wire(message)
        return None if change(parsed, rng) is False else parsed.to_wire()
    return mutate


def drop_answer_record(parsed, rng):
    if not parsed.answer or len(parsed.answer[-1]) < 2:
        return False
    parsed.answer[-1].remove(rng.choice(list(parsed.answer[-1])))


def change_ttl(parsed, rng):
    if not parsed.answer:
        return False
    parsed.answer[0].ttl ^= 1


def drop_soa(parsed, _):
    if not parsed.authority or parsed.authority[0].rdtype != 6:
        return False
    del parsed.authority[0]


def change_soa_ttl(parsed, _):
    if not parsed.authority or parsed.authority[0].rdtype != 6:
        return False
    parsed.authority[0].ttl += 1


def reverse_chain(parsed, _):
    if len(parsed.answer) < 2:
        return False
    parsed.answer.reverse()


def cut_chain(parsed, _):
    if len(parsed.answer) < 2:
        return False
    parsed.answer.pop()


def drop_referral(parsed, _):
    if not parsed.authority or parsed.authority[0].rdtype != 2:
        return False
    parsed.authority.clear()


def drop_glue(parsed, rng):
    cuts = [rrset for rrset in parsed.authority if rrset.rdtype == 2]
    glue = [rrset for rrset in parsed.additional if cuts and rrset.name.is_subdomain(cuts[0].name)
            and rrset.name in [record.target for record in cuts[0]]]
    if not glue:
        return False
    parsed.additional.remove(glue[0])


def false_additional(parsed, _):
    parsed.additional.append(dns.rrset.from_text("untrue.invalid.", 1, "IN", "A", "192.0.2.1"))


def swap_nxdomain(parsed, _):
    if parsed.rcode() == dns.rcode.NXDOMAIN:
        parsed.set_rcode(dns.rcode.NOERROR)
    elif parsed.rcode() == dns.rcode.NOERROR:
        parsed.set_rcode(dns.rcode.NXDOMAIN)
    else:
        return False


def drop_opt(parsed, _):
    if parsed.edns < 0:
        return False
    parsed.use_edns(False)


def other_case(message, _):
    end = 12
    while message[end]:
        end += 1 + message[end]
    changed = message[:12] + message[12:end].swapcase() + message[end:]
    return changed


MUTATIONS = {
    "AA turned": header_bit(0x0400), "RA turned": header_bit(0x0080), "RD turned": header_bit(0x0100),
    "AD turned": header_bit(0x0020), "TC set": header_bit(0x0200), "opcode changed": header_bit(0x0800),
    "a record of the answer dropped": reparsed(drop_answer_record), "TTL in the answer": reparsed(change_ttl),
    "SOA dropped": reparsed(drop_soa), "TTL of the SOA": reparsed(change_soa_ttl),
    "answer reversed": reparsed(reverse_chain), "chain cut": reparsed(cut_chain),
    "referral dropped": reparsed(drop_referral), "glue dropped": reparsed(drop_glue),
    "untrue additional record": reparsed(false_additional),
    "NXDOMAIN and NOERROR swapped": reparsed(swap_nxdomain), "OPT dropped": reparsed(drop_opt),
    "case of the question": other_case, "a trailing byte": lambda message, _: message + b"\0",
    "no answer": lambda message, _: b"",
}


def verdict(one, message, plain, context, peer_differences):
    """Judges the changed message as ours; over TCP, when it says TC, ours is the unchanged one."""
    exchange = compare.Exchange(one.query, dict(one.replies, ours=message))
    if exchange.truncated and not one.query.tcp:
        exchange = compare.Exchange(one.query, exchange.replies, dict(one.replies, ours=plain))
    return compare.judge(exchange, context, DIFFERENCES, peer_differences)


def main(ask, ask_again):
    """Runs the check; `ask` and `ask_again` are the main program's."""
    rng = random.Random(1)
    zones = [zone for seed in SEEDS for zone in zonegen.make_family(seed)]
    queries = [query for zone in zones for query in querygen.queries_for(zone, 120)]
    passed = failed = 0
    counts = Counter()
    with Fleet(zones) as fleet:
        context = compare.Context(zones, lambda query: ask_again(fleet.ports, query))
        for one in ask(fleet.ports, queries):
            if one.broken or one.truncated or one.query.type == 255:
                continue
            peers = {server: compare.view(one.parsed[server], context) for server in one.replies}
            # Not all of NSD's answers are up to what is asked of ours (repetitions, compression).
            if compare.faults(one.query, one.parsed["nsd"], context):
                continue
            agree = peers["nsd"] == peers["knot"]
            if not agree and not dname_into_itself(one.query, peers["nsd"], peers["knot"], context):
                continue
            peer_differences = PEER_DIFFERENCES if agree else ONLY_KNOT
            plain = one.replies["nsd"]
            cases = [("unchanged" if agree else ONCE, plain, True)]
            for name in rng.sample(sorted(MUTATIONS), 6):
                changed = MUTATIONS[name](plain, rng)
                if changed is not None and changed != plain:
                    cases.append((name, changed, False))
            for name, message, should_pass in cases:
                if verdict(one, message, plain, context, peer_differences).passed == should_pass:
                    passed += 1
                    counts[name] += 1
                else:
                    failed += 1
                    print("self-check: %s was %snoticed: %s" % (name, "wrongly " if should_pass else "not ",
                                                                names.to_text(one.query.name)))
    for name in [ONCE] + sorted(MUTATIONS):
        if not counts.get(name):
            failed += 1
            print("self-check: %s never came up" % name)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0

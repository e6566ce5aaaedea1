"""The accepted differences, each with the RFC section that justifies it.

`DIFFERENCES`: ours against both peers. `PEER_DIFFERENCES`: NSD against Knot, with
the one that is right where an RFC says so (ours must then be like that one).
A predicate says all that the difference may consist of, and no more.
"""

from collections import namedtuple

import names
import wire
from compare import aspects_that_differ

# applies(query, our view, {server: view} of the peers that may be right, context)
Difference = namedtuple("Difference", "name section applies")
# right: "nsd", "knot" or None (either); applies(query, NSD's view, Knot's view, context)
PeerDifference = namedtuple("PeerDifference", "name section right applies")

NOERROR, NXDOMAIN, YXDOMAIN = 0, 3, 6
RRSIG, NSEC = 46, 47
KNOT_CHAIN_LIMIT = 5
NOBODYS_TYPE = 1235


# What the predicates are made of

def differ_only(one, other, *aspects):
    return set(aspects_that_differ(one, other)) <= set(aspects)


def is_prefix(shorter, longer):
    """Whether an answer section is the beginning of another."""
    return len(shorter.order) < len(longer.order) and longer.order[:len(shorter.order)] == shorter.order and \
        not shorter.answer - longer.answer


def aliases(view):
    return [owner for owner, rtype in view.order if rtype == wire.CNAME]


def final_name(view):
    """The folded name at the end of the answer's CNAME chain."""
    targets = {record.owner: record.rdata for record in view.answer if record.type == wire.CNAME}
    name = names.to_wire(names.fold(names.from_wire(view.question[0][0])))
    seen = set()
    while name in targets and name not in seen:
        seen.add(name)
        name = targets[name]
    return names.from_wire(name)


# NSD against Knot

def alias_not_followed_for_dnssec_types(query, nsd, knot, _):
    return query.type in (RRSIG, NSEC) and knot.rcode == NOERROR and is_prefix(knot, nsd) and \
        nsd.order[len(knot.order)][1] == wire.CNAME and sum(knot.soa.values()) == 1


def shared_tree(query, nsd, knot, context):
    """A name whose closest encloser in its own zone is not the closest name of all zones."""
    visited = [query.name] + [names.from_wire(record.rdata) for view in (nsd, knot) for record in view.answer
                              if record.type == wire.CNAME]
    return any(context.has_foreign_encloser(names.fold(name), query.type) for name in visited)


def followed_into_child(query, nsd, knot, context):
    """NSD's answer leaves the zone of the question for another served one, Knot's does not."""
    home = context.zone_of(query.name)
    return home is not None and any(context.zone_of(names.from_wire(record.rdata)) not in (home, None)
                                    for record in nsd.answer | knot.answer if record.type == wire.CNAME)


def long_chain(_, nsd, knot, __):
    return len(aliases(knot)) == KNOT_CHAIN_LIMIT and is_prefix(knot, nsd) and knot.rcode == NOERROR and \
        not knot.soa and not knot.referral


def dname_into_itself(_, nsd, knot, __):
    """A DNAME whose target lies below its owner: NSD substitutes once, Knot until a limit."""
    return is_prefix(nsd, knot) and nsd.rcode == NOERROR and not nsd.soa and any(
        record.type == wire.DNAME and is_proper_part(record.owner, record.rdata) for record in nsd.answer)


def is_proper_part(ancestor, name):
    return name != ancestor and names.is_under(names.from_wire(name), names.from_wire(ancestor))


def overflow_looked_up(_, nsd, knot, __):
    """The substitution is too long; Knot then looks up the DNAME's target itself."""
    if nsd.rcode != YXDOMAIN or nsd.order[-1][1] != wire.DNAME or nsd.answer - knot.answer:
        return False
    last = [record for record in nsd.answer if (record.owner, record.type) == nsd.order[-1]][0]
    name = names.to_wire(final_name(nsd))
    return is_proper_part(last.owner, name) and len(name) - len(last.owner) + len(last.rdata) > 255


def soa_left_out(query, nsd, knot, _):
    """Knot leaves out the SOA that does not fit into a datagram, without TC."""
    return not query.tcp and nsd.rcode in (NOERROR, NXDOMAIN) and differ_only(nsd, knot, "soa") and \
        not knot.soa and sum(nsd.soa.values()) == 1 and len(nsd.order) > 1


def ds_at_third_level(query, nsd, knot, context):
    """DS at the apex of the lowest of three nested zones: NSD asks the highest, not the parent."""
    key = names.fold(query.name)
    above = context.zone_of(key[1:])
    return query.type == wire.DS and key in context.zones and above is not None and \
        context.zone_of(above.key[1:]) is not None


def glue_left_out(query, nsd, knot, _):
    """NSD leaves out glue that does not fit, without TC."""
    return not query.tcp and differ_only(nsd, knot, "glue") and not nsd.glue - knot.glue


def soa_beside_yxdomain(_, nsd, knot, __):
    return nsd.rcode == knot.rcode == YXDOMAIN and differ_only(nsd, knot, "soa") and \
        not nsd.soa and sum(knot.soa.values()) == 1


def ds_through_alias(query, nsd, knot, context):
    """A chain for DS that ends at the apex of a served child: the parent's DS or SOA, or the child's SOA."""
    end = final_name(nsd)
    return query.type == wire.DS and aliases(nsd) and end in context.zones and sum(knot.soa.values()) == 1 and \
        differ_only(nsd, knot, "soa", "answer", "order") and aliases(nsd) == aliases(knot) and \
        all((record.owner, record.type) == (names.to_wire(end), wire.DS) for record in nsd.answer ^ knot.answer)


PEER_DIFFERENCES = [
    PeerDifference("Knot does not follow an alias for RRSIG and NSEC", "RFC 4035 2.5", None,
                   alias_not_followed_for_dnssec_types),
    PeerDifference("Knot stops after five aliases", "RFC 1034 3.6.2, 5.2.2 (how far is left open)", None, long_chain),
    PeerDifference("Knot adds the SOA to YXDOMAIN", "RFC 6672 3.2 (silent)", None, soa_beside_yxdomain),
    PeerDifference("a chain for DS to a child's apex: NSD answers from the parent, Knot from the child",
                   "RFC 4035 3.1.4.1", None, ds_through_alias),
    PeerDifference("a DNAME into itself: NSD substitutes once", "RFC 6672 2.2 (how often is left open)", None,
                   dname_into_itself),
    PeerDifference("Knot goes on at a DNAME's target when the substitution is too long", "RFC 6672 2.2, 3.2", "nsd",
                   overflow_looked_up),
    PeerDifference("Knot leaves out the SOA that does not fit, without TC", "RFC 2308 3, RFC 2181 9", "nsd",
                   soa_left_out),
    PeerDifference("NSD leaves out glue without TC", "RFC 9471 3.1", "knot", glue_left_out),
    PeerDifference("NSD answers DS from the highest of three nested zones", "RFC 4035 3.1.4.1", "knot",
                   ds_at_third_level),
    PeerDifference("NSD finds names of another zone in its shared tree", "RFC 1034 4.3.2 step 2", "knot", shared_tree),
    PeerDifference("NSD follows an alias into a served child, Knot stays in the zone",
                   "RFC 1034 4.3.2 step 3a (go back to step 1)", None, followed_into_child),
]

# Ours against both peers

def composed(query, context, asked=()):
    """What Knot says with every alias into another zone, or past its limit, asked anew; None if it cannot be told.

    Knot is asked for the question and then for each name at which its answer
    leaves the zone, which is RFC 1034 section 4.3.2 step 3a done by hand.
    """
    from compare import view
    response = context.ask(query.over_tcp()).get("knot") if len(asked) < 20 else None
    if response is None:
        return None
    own = view(response, context)
    home = context.zone_of(query.name)
    asked += (query.name,)
    for position, (owner, rtype) in enumerate(own.order):
        if rtype != wire.CNAME:
            continue
        alias = next(record for record in own.answer if (record.owner, record.type) == (owner, rtype))
        target = names.from_wire(alias.rdata)
        at_end = position == len(own.order) - 1
        cut_short = at_end and len(aliases(own)) == KNOT_CHAIN_LIMIT and not own.soa and not own.referral and \
            context.zone_of(target) is not None and names.to_wire(target) not in aliases(own) and target not in asked
        parent_asked = at_end and query.type == wire.DS and target in context.zones
        if context.zone_of(target) in (home, None) and not cut_short and not parent_asked:
            continue
        rest = composed(query.with_name(target), context, asked)
        if rest is None:
            return None
        kept = own.order[:position + 1]
        # A chain that comes back to where it was has what follows once.
        return rest._replace(flags=rest.flags | wire.AA, question=own.question,
                             order=tuple(dict.fromkeys(kept + rest.order)),
                             answer=rest.answer | {record for record in own.answer
                                                   if (record.owner, record.type) in kept})
    return own


def lacks_only_wildcard_glue(ours, expected, context):
    """Equal, but for glue that is not in a zone but made from a wildcard below the cut."""
    missing = expected.glue - ours.glue
    return differ_only(ours, expected, "glue") and not ours.glue - expected.glue and not any(
        record in zone.truth.get((record.owner, record.type), ()) for zone in context.zones.values()
        for record in missing)


def no_glue_from_wildcard(_, ours, views, context):
    return any(lacks_only_wildcard_glue(ours, view, context) for view in views.values())


def followed_into_other_zone(query, ours, views, context):
    if not aliases(ours) or query.type in (wire.ANY, RRSIG, NSEC):
        return False
    expected = composed(query, context)
    return expected is not None and lacks_only_wildcard_glue(ours, expected, context)


def followed_for_dnssec_types(query, ours, views, context):
    """What Knot says for a type that nobody has: no zone here has RRSIG or NSEC either."""
    if not aliases(ours) or query.type not in (RRSIG, NSEC):
        return False
    expected = composed(query.with_type(NOBODYS_TYPE), context)
    return expected is not None and lacks_only_wildcard_glue(
        ours, expected._replace(question=ours.question), context)


def is_synthesized(alias, dnames):
    """Whether a record is the CNAME that one of the DNAMEs makes for its owner (RFC 6672 section 2.2)."""
    return any(alias.type == wire.CNAME and is_proper_part(dname.owner, alias.owner) and
               alias.rdata == alias.owner[:len(alias.owner) - len(dname.owner)] + dname.rdata for dname in dnames)


def growing_dname_followed(query, ours, views, context):
    """A name that DNAMEs make longer each time: ours goes on, rightly, to a limit that is not the peers'."""
    if query.type in (RRSIG, NSEC) and "knot" in views:
        # Knot follows no alias for these; what it says for a type that nobody has is how far it goes.
        from compare import view
        response = context.ask(query.with_type(NOBODYS_TYPE).over_tcp()).get("knot")
        if response is None:
            return False
        views = views | {"knot": view(response, context)._replace(question=ours.question)}
    if ours.rcode not in (NOERROR, YXDOMAIN) or ours.soa or ours.referral or \
            not all(is_prefix(view, ours) or is_prefix(ours, view) for view in views.values()) or \
            not any(is_prefix(view, ours) for view in views.values()):
        return False
    dnames = [record for record in ours.answer if record.type == wire.DNAME]
    shortest = min((view for view in views.values()), key=lambda view: len(view.order))
    return all(record.type == wire.DNAME or is_synthesized(record, dnames)
               for record in ours.answer - shortest.answer)


def substituted_once(_, ours, views, __):
    """A DNAME whose target lies below its owner, where only Knot may be right: ours substitutes once, as NSD does."""
    if set(views) != {"knot"} or ours.rcode != NOERROR or ours.soa or not is_prefix(ours, views["knot"]) or \
            not differ_only(ours, views["knot"], "answer", "order"):
        return False
    dnames = [record for record in ours.answer
              if record.type == wire.DNAME and is_proper_part(record.owner, record.rdata)]
    made = [(record.owner, record.type) for record in ours.answer if is_synthesized(record, dnames)]
    return made == [ours.order[-1]] and \
        all(is_synthesized(record, dnames) for record in views["knot"].answer - ours.answer)


DIFFERENCES = [
    Difference("ours substitutes once for a DNAME into itself", "RFC 6672 2.2 (how often is left open)",
               substituted_once),
    Difference("ours follows a growing DNAME to a limit of its own", "RFC 6672 2.2 (until YXDOMAIN, or a limit)",
               growing_dname_followed),
    Difference("ours does not make glue from wildcards below a cut", "RFC 4592 2.2.1, RFC 1034 4.2.1 (glue is data)",
               no_glue_from_wildcard),
    Difference("ours follows an alias into another served zone", "RFC 1034 4.3.2 step 3a (go back to step 1)",
               followed_into_other_zone),
    Difference("ours follows an alias for RRSIG and NSEC, where peers differ twice", "RFC 1034 4.3.2 step 3a",
               followed_for_dnssec_types),
]

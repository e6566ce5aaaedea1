"""The rows of the comparison: what is asked, over what, and what the answers must be."""

import random
from dataclasses import dataclass

from . import data, peerpools, wire
from .ask import check
from .processes import BenchError

SAMPLE = 25
# One query a connection: many at a time. Pipelined: few connections that stay, each with a window.
EACH = {"per_connection": 1, "lanes": 64, "window": 1}
PIPELINED = {"per_connection": 1_000_000, "lanes": 8, "window": 16}


@dataclass(frozen=True)
class Row:
    name: str
    title: str
    tcp: dict | None = None
    edns: bool = False

    def questions(self):
        """Names and the word that follows in the query file, in random order; asking starts over at
        the end."""
        rng = random.Random(f"{data.SEED} {self.name}")
        if self.name in ("weighted", "nearest"):
            weighted, near = peerpools.names()
            names = [f"{name}.{peerpools.ORIGIN}" for name in (near if self.name == "nearest" else weighted)]
            names *= 100
        else:
            kind = self.name if self.name in data.QUERY_SETS else "plain"
            names = [f"{name}.{data.ZONE}" for name in data.query_names(kind)]
        rng.shuffle(names)
        if self.name == "nearest":
            return [(name, f"subnet={client(rng)}/24") for name in names]
        return [(name, "edns" if self.edns else "") for name in names]

    def write_queries(self, path):
        """Writes the query file and returns what its answers must be: the share of NXDOMAIN and the
        records per answer."""
        questions = self.questions()
        with open(path, "w") as file:
            file.writelines(f"{name} A {word}".rstrip() + "\n" for name, word in questions)
        absent = sum(name[0] == "x" for name, _ in questions)
        multi = sum(name[0] == "m" for name, _ in questions)
        records = len(questions) - absent + multi * (data.ADDRESSES_PER_MULTI_NAME - 1)
        return {"nxdomain": absent / len(questions), "records": records / len(questions)}

    def check_answers(self, asker):
        """A rate means nothing when the answers are wrong."""
        if self.name == "weighted":
            check_weighted(asker)
        elif self.name == "nearest":
            check_nearest(asker)
        else:
            singles, multis = data.single_records(), data.multi_records()
            for name, _ in self.questions()[:SAMPLE]:
                label = name.partition(".")[0]
                addresses = [singles[label]] if label in singles else multis.get(label, [])
                check(asker, name, wire.NOERROR if addresses else wire.NXDOMAIN, addresses,
                      edns=self.edns)


def client(rng):
    """A /24 of one of the networks."""
    network = rng.choice(list(peerpools.networks()))
    first, second = network.split(".")[:2]
    return f"{first}.{second}.{rng.randrange(256)}.0"


def check_weighted(asker):
    """Each answer is one of the members, and not always the same."""
    for pool, name in list(enumerate(peerpools.names()[0]))[:SAMPLE]:
        seen = set()
        for _ in range(5 * sum(peerpools.WEIGHTS)):
            answer = asker.ask(f"{name}.{peerpools.ORIGIN}")
            if answer is None or answer.answer_count != 1 or answer.rcode != wire.NOERROR:
                raise BenchError(f"{name}: wrong answer: {answer}, should have one record")
            seen |= answer.addresses
        if len(seen) == 1 or not seen <= set(peerpools.members(pool)):
            raise BenchError(f"{name}: the answers are {seen}, should be of {peerpools.members(pool)}")


def check_nearest(asker):
    rng = random.Random(data.SEED)
    networks = peerpools.networks()
    for pool, name in list(enumerate(peerpools.names()[1]))[:SAMPLE]:
        subnet = client(rng)
        index = networks[".".join(subnet.split(".")[:2]) + ".0.0/16"]
        check(asker, f"{name}.{peerpools.ORIGIN}", wire.NOERROR, [peerpools.members(pool)[index]],
              subnet=subnet)


ALL = {row.name: row for row in (
    Row("plain", "plain A"),
    Row("rotated", "4 addresses"),
    Row("weighted", "weighted pools"),
    Row("nearest", "nearest, with ECS"),
    Row("nxdomain", "NXDOMAIN"),
    Row("edns", "plain A with EDNS", edns=True),
    Row("tcp", "TCP, one query a connection", tcp=EACH),
    Row("pipelined", "TCP, pipelined", tcp=PIPELINED),
    Row("mixed", "mixed"),
)}
DEFAULT = [name for name in ALL if name != "mixed"]

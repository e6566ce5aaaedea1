"""The zones to load: one of many records, or many of few."""

import os
import random
from pathlib import Path

from . import ask, data, wire

SAMPLE = 100


class ZoneSet:
    """`zones` zones of `records` A records each. Their files are written once and linked into each
    server's folder: all read the same cached pages."""

    def __init__(self, folder, zones, records):
        self.folder, self.zones, self.records = Path(folder), zones, records
        self.folder.mkdir(parents=True)
        self.origins = [data.ZONE] if zones == 1 else [f"z{i:06}.example" for i in range(zones)]
        for zone in range(zones):
            self.write_zone(self.folder / self.origins[zone], zone)
        text = sum(file.stat().st_size for file in self.folder.iterdir()) / 1e6
        several = f"{zones:,} zones of {records:,}" if zones > 1 else f"zone of {records:,}"
        self.title = f"{several} A records, {text:.1f} MB of text"

    @property
    def total(self):
        return self.zones * self.records

    def write_zone(self, path, zone, serial=1):
        data.write_big_zone(path, self.records, serial, self.origins[zone], zone * self.records)

    def link_into(self, server):
        server.origins = self.origins
        for origin in self.origins:
            os.link(self.folder / origin, server.zone_file(origin))

    def question(self, zone, record):
        """A name and its address."""
        return (f"{data.big_name(record)}.{self.origins[zone]}",
                data.big_address(zone * self.records + record))

    def sample(self):
        """Questions all over the zones, the last record of the last first."""
        rng = random.Random(data.SEED)
        places = [(self.zones - 1, self.records - 1)]
        places += [(rng.randrange(self.zones), rng.randrange(self.records)) for _ in range(SAMPLE)]
        return [self.question(*place) for place in places]

    def wait_until_ready(self, process, port, limit):
        """Seconds from the start of the process until all of the sample is answered rightly: some
        servers answer from one zone while they load another."""
        return max(ask.wait_until_ready(process, port, name, [address], limit)
                   for name, address in self.sample())

    def check_answers(self, port):
        asker = ask.Asker(port)
        try:
            for name, address in self.sample():
                ask.check(asker, name, wire.NOERROR, [address])
        finally:
            asker.close()

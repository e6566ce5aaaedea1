def run(tally, place): pass

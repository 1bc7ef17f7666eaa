"""Seconds of chaos: everything that was accepted has one end, one file, one callback. `bench/chaos` runs for minutes.

KINORA_CHAOS_SEED repeats a run; without it each one is another.
"""
import os
import random
import unittest

import chaos

SECONDS = 7


class Chaos(unittest.TestCase):
    def survive(self, name, *words, **more):
        seed = int(os.environ.get("KINORA_CHAOS_SEED") or random.SystemRandom().randrange(1_000_000))
        report = chaos.run(SECONDS, seed, clients=10, **more)
        again = " ".join([f"bench/chaos --seconds {SECONDS} --clients 10 --seed {seed}", *words,
                          f" or  KINORA_CHAOS_SEED={seed} ./test -R chaos.chaos_run.{name}"])
        self.assertFalse(report.faults, "\n" + report.explain(again))
        self.assertGreater(report.counts["tasks"], 5, report.counts)

    def test_nothing_is_lost_or_doubled_on_sqlite(self):
        self.survive("test_nothing_is_lost_or_doubled_on_sqlite")

    def test_nothing_is_lost_or_doubled_on_postgresql(self):
        self.survive("test_nothing_is_lost_or_doubled_on_postgresql", "--database postgresql", database="postgresql")

    def test_nothing_is_lost_or_doubled_on_a_full_disk(self):
        self.survive("test_nothing_is_lost_or_doubled_on_a_full_disk", "--full-disk", full_disk=True)

"""Runs the figures and prints them; script/bench starts it."""

import argparse
import json
import subprocess
import sys
import tempfile

import backups  # its figures join the others
import generating  # likewise
import scale  # likewise
import writing  # likewise
from figures import FIGURES, Bench
from hub import Programs


def asked_for(words):
    """A word that is a whole name means that figure, else those whose name holds it."""
    names = {name for name, _ in FIGURES}
    return [(name, measure) for name, measure in FIGURES
            if not words or any(word == name if word in names else word in name for word in words)]


def said(figure):
    bound = "%s %g" % ("at least" if figure.at_least else "at most", figure.bound) if figure.bound else "told"
    holds = ("ok" if figure.holds else "OVER ITS BOUND") if figure.bound else ""
    return "%-24s %10.3f %10.3f %s  %6.3f  %-14s %s" % (figure.name, figure.ours, figure.rival, figure.unit.ljust(11),
                                                        figure.ratio, bound, holds)


def measured(bench, chosen):
    figures = []
    for _, measure in chosen:
        got = measure(bench)
        for figure in got if isinstance(got, list) else [got]:
            print(said(figure), flush=True)
            figures.append(figure)
    return figures


def main():
    parser = argparse.ArgumentParser(prog="script/bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(name for name, _ in FIGURES))
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--list", action="store_true", help="the names, and what each measures")
    parser.add_argument("--build", help=argparse.SUPPRESS)
    given = parser.parse_args()
    chosen = asked_for(given.names)
    if given.list:
        for name, measure in chosen:
            print("%-24s %s" % (name, measure.__doc__))
        return False
    if not chosen:
        parser.error("no figure is called that")
    print("%-24s %10s %10s %s  %6s  %s" % ("figure", "ours", "rival", "unit".ljust(11), "ratio", "bound"))
    with tempfile.TemporaryDirectory(prefix="fanlight-bench-", dir=given.build) as folder:
        bench = Bench(Programs(given.build, folder))
        try:
            figures = measured(bench, chosen)
        except subprocess.CalledProcessError as failed:
            sys.exit("bench: %s\n%s" % (failed, str(failed.stderr or failed.stdout)[:4000]))
        finally:
            bench.end()
    if given.json:
        with open(given.json, "w") as file:
            json.dump({"figures": [vars(figure) for figure in figures]}, file, indent=2)
    return not all(figure.holds for figure in figures)


sys.exit(main())

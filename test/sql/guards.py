"""Tries test/sql/guards.sql on one engine: guards.py sqlite DATABASE, or guards.py postgresql (as psql's environment
says). Prints a line a case, "ok NAME" or "not ok NAME: WHY", for the suite to number."""
import os, re, sqlite3, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))


def cases():
    """[(sentence, 'given' | 'refused' | 'holds', words, statements)]"""
    text = open(os.path.join(HERE, "guards.sql")).read()
    for block in re.split(r"\n\n+", text):
        comments = [line[3:] for line in block.splitlines() if line.startswith("-- ")]
        sql = "\n".join(line for line in block.splitlines() if not line.startswith("--")).strip()
        if not sql:
            continue
        verdict = comments[-1]
        kind, _, words = verdict.partition(":")
        yield comments[0], kind, words.strip(), [s.strip() for s in re.split(r";\s*(?:\n|$)", sql) if s.strip()]


class Sqlite:
    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("pragma foreign_keys = on")

    def give(self, statements):
        for statement in statements:
            self.db.execute(statement.replace(":bytes", "x'00'"))

    def last(self, statements):
        """What the last statement answered, or the reason it was refused."""
        self.db.execute("begin")
        try:
            for statement in statements[:-1]:
                self.db.execute(statement)
            try:
                return self.db.execute(statements[-1]).fetchall(), None
            except sqlite3.Error as refusal:
                return None, str(refusal)
        finally:
            self.db.execute("rollback")


class Postgresql:
    def run(self, statements):
        script = ";\n".join(statements) + ";\n"
        return subprocess.run(["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-v", "VERBOSITY=terse"], input=script,
                              capture_output=True, text=True)

    def give(self, statements):
        done = self.run([s.replace(":bytes", "'\\x00'::bytea") for s in statements])
        if done.returncode:
            sys.exit(done.stderr)

    def last(self, statements):
        before = self.run(["begin"] + statements[:-1] + ["rollback"])
        if before.returncode:
            raise RuntimeError(before.stderr)
        done = self.run(["begin"] + statements + ["rollback"])
        if done.returncode:
            return None, done.stderr.strip()
        return [(int(line),) for line in done.stdout.split() if line.isdigit()], None


def why_wrong(engine, kind, words, statements):
    try:
        answered, refusal = engine.last(statements)
    except (sqlite3.Error, RuntimeError) as broken:
        return "what comes before it is refused: %s" % broken
    if kind == "holds":
        return refusal or (None if answered == [(1,)] else "it answers %s" % answered)
    if refusal is None:
        return "it is not refused"
    return None if words in refusal else "it is refused, but says %s" % refusal


def main():
    engine = Sqlite(sys.argv[2]) if sys.argv[1] == "sqlite" else Postgresql()
    for sentence, kind, words, statements in cases():
        if kind == "given" or sentence == "given":
            engine.give(statements)
            continue
        wrong = why_wrong(engine, kind, words, statements)
        print("not ok %s: %s" % (sentence, wrong.replace("\n", " ")) if wrong else "ok %s" % sentence)


main()

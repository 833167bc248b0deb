"""A PostgreSQL cluster of the benchmarks' own, that syncs, and what was asked of it as scripts for pgbench."""

import os
import re
import subprocess

WRITE_AND_WAIT = "source test/lib/postgres.sh && postgres_start on && echo $postgres_folder && read; postgres_stop"
ENTRY = re.compile(r"^@@(\S+)@@ ", re.M)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")

# Which new row a column of an insertion refers to.
REFERS = {"enquiry": "enquiry", "record": "enquiry", "episode": "episode", "child": "child", "person": "person",
          "entry": "access_log"}


class Cluster:
    def __init__(self):
        self.process = subprocess.Popen(["bash", "-c", WRITE_AND_WAIT], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True)
        self.folder = self.process.stdout.readline().strip()
        if not self.folder:
            raise RuntimeError("PostgreSQL did not start")
        self.log = os.path.join(self.folder, "data", "server.log")
        self.environment = {**os.environ, "PGHOST": self.folder, "PGUSER": "fanlight"}
        self.sql("postgres", "alter system set log_line_prefix = '@@%c@@ '", "alter system set lc_messages = 'C'",
                 "select pg_reload_conf()")

    def end(self):
        self.process.communicate("\n")

    def run(self, *words):
        return subprocess.run(words, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              env=self.environment).stdout

    def sql(self, name, *statements):
        words = [word for statement in statements for word in ("-c", statement)]
        return self.run("psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", name, *words)

    def url(self, name):
        return "postgresql:///%s?host=%s&user=fanlight" % (name, self.folder)

    def copy(self, programs, sqlite, name):
        """A new database with the hub of an SQLite database."""
        self.sql("postgres", "drop database if exists %s" % name, "create database %s" % name)
        programs.run(programs.fanlight, "copy", "--from", "sqlite:" + sqlite, "--to", self.url(name))
        self.sql(name, "vacuum analyze")
        return self.url(name)

    def traces(self, name, whether):
        self.sql("postgres", "alter database %s %s" % (name, "set log_statement = 'all'" if whether else
                                                       "reset log_statement"))

    def logged(self):
        return os.path.getsize(self.log)

    def transactions(self, since):
        """What every session ran since, from its begin to its commit, with its values: lists of statements."""
        with open(self.log) as file:
            file.seek(since)
            parts = ENTRY.split(file.read())[1:]
        sessions, whole = {}, []
        for session, entry in zip(parts[::2], parts[1::2]):
            level, _, said = entry.rstrip().replace("\n\t", "\n").partition(":  ")
            statements = sessions.setdefault(session, [])
            if level == "LOG" and re.match(r"(execute [^:]*|statement): ", said):
                statements.append(said.split(": ", 1)[1])
            elif level == "DETAIL" and said.startswith("parameters: ") and statements:
                statements[-1] = with_values(statements[-1], dict(PARAMETER.findall(said)))
            if statements and statements[-1] in ("commit", "rollback"):
                whole.append([one for one in statements if not one.startswith(("begin", "commit", "rollback"))])
                sessions[session] = []
        return whole

    def bench(self, name, script, clients, seconds):
        """Transactions a second."""
        said = self.run("pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(seconds), "-f", script,
                        name)
        return float(re.search(r"tps = ([0-9.]+)", said).group(1))


def with_values(statement, values):
    return re.sub(r"\$(\d+)", lambda found: values.get(found.group(1), found.group(0)), statement)


def as_script(statements, unlike):
    """One transaction for pgbench: new rows refer to the rows it made itself; `unlike` is another text in each."""
    made, lines = set(), ["\\set number random(1, 2000000000)", "begin;"]
    for statement in statements:
        inserted = re.match(r"insert into (\w+) \(([^)]*)\)\s*values\s*\((.*)\)\s*(returning id)?$", statement, re.S)
        if inserted:
            table, columns, values, returns = inserted.groups()
            values = [refer(column.strip(), value, made) for column, value in zip(columns.split(","), split(values))]
            statement = "insert into %s (%s) values (%s)" % (table, columns, ", ".join(values))
            if returns:
                made.add(table)
                statement += " returning id as id_%s" % table
        if "enquiry" in made:
            statement = re.sub(r"\b(l\.record = )'\d+'", r"\1:id_enquiry", statement)
        for text, column in unlike.items():
            statement = statement.replace("'%s'" % text, "'%s' || :number" % column)
        ends = " \\gset" if inserted and inserted.group(4) else ";"
        lines.append(" ".join(statement.split()) + ends)
    return "\n".join(lines + ["commit;", ""]).encode()


def refer(column, value, made):
    table = REFERS.get(column)
    if value != "NULL" and table in made:
        return ":id_" + table
    return value


def split(values):
    """At the commas that stand in no parentheses and no text."""
    found, depth, quoted, at = [], 0, False, 0
    for i, c in enumerate(values):
        if c == "'":
            quoted = not quoted
        elif not quoted:
            depth += (c == "(") - (c == ")")
            if c == "," and depth == 0:
                found.append(values[at:i].strip())
                at = i + 1
    return found + [values[at:].strip()]

"""The tables and indexes that a query of SQLite's goes through from one end to the other, read from its program."""
import sqlite3

# What begins at an end of a table or an index and goes on to the other.
WHOLE = ('Rewind', 'Last')


class Plans:
    def __init__(self, path):
        self.database = sqlite3.connect(path)
        self.owner = {}
        for name, table, page, kind in self.database.execute(
                "select name, tbl_name, rootpage, type from sqlite_schema where rootpage > 0"):
            self.owner[page] = (table, name if kind == 'index' else None)

    def whole(self, sql, parameters):
        """(table, index or None) of each."""
        opened, found = {}, []
        for _, opcode, p1, p2, *_ in self.database.execute('explain ' + sql, {name: None for name in parameters}):
            if opcode in ('OpenRead', 'OpenWrite', 'ReopenIdx'):
                opened[p1] = self.owner.get(p2)
            elif opcode in ('OpenEphemeral', 'OpenAutoindex', 'OpenPseudo', 'SorterOpen', 'OpenDup'):
                opened[p1] = None
            elif opcode in WHOLE and opened.get(p1):
                found.append(opened[p1])
        return sorted(set(found), key=str)

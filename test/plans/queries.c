/* queries ENGINE: every query that sqlc made for sqlite or postgresql, as its name, a line's end, its text and a NUL. */
#include <stdio.h>
#include <string.h>

#include "sql/queries.h"

int main(int argc, char **argv)
{
	bool postgresql = argc == 2 && strcmp(argv[1], "postgresql") == 0;

	for (size_t i = 0; i < sql_queries.count; i++) {
		const struct query *query = sql_queries.queries[i];

		printf("%s\n%s", query->name, postgresql && query->sql_postgresql ? query->sql_postgresql : query->sql);
		putchar('\0');
	}
	return 0;
}

#include "cli/backup_file.h"

#include <errno.h>
#include <sodium.h>
#include <sys/stat.h>
#include <time.h>

#include "base/london.h"

struct file_count file_count(const struct backup_head *head, const struct rows_sum *sums)
{
	struct file_count count = {0};

	for (size_t i = 0; i < head->schema.count; i++) {
		count.rows += sums[i].rows;
		if (text_is(head->schema.tables[i].name, "enquiry")) count.enquiries = sums[i].rows;
	}
	return count;
}

int64_t file_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool file_key(struct cli *cli, struct text path, struct sealed_key *ret, struct error *err)
{
	const char *name = arena_cstr(&cli->arena, path);
	struct stat about;

	if (!sealed_key_read(name, ret, err)) return false;
	if (stat(name, &about) == 0 && about.st_mode & S_IROTH)
		cli_note(cli, "everybody on this machine can read the key file %s: chmod o= it", name);
	return true;
}

bool file_open(struct cli *cli, struct text path, FILE **ret, struct error *err)
{
	const char *name = arena_cstr(&cli->arena, path);

	*ret = fopen(name, "rbe");
	return *ret || error_invalid(err, "%s can't be read: %s", name, strerror(errno));
}

static void say_tables(struct cli *cli, const struct backup_head *head, const struct rows_sum *sums)
{
	for (size_t i = 0; i < head->schema.count; i++)
		if (sums[i].rows)
			cli_say(cli, "%12lld  %.*s\n", (long long)sums[i].rows, TEXT_ARG(head->schema.tables[i].name));
}

static void tables_json(struct cli *cli, const struct backup_head *head, const struct rows_sum *sums)
{
	char hex[2 * ROWS_SUM_BYTES + 1];

	json_key(&cli->json, "tables");
	json_open_list(&cli->json);
	for (size_t i = 0; i < head->schema.count; i++) {
		json_open(&cli->json);
		json_member_text(&cli->json, "name", head->schema.tables[i].name);
		json_member_int(&cli->json, "rows", sums[i].rows);
		json_member_cstr(&cli->json, "checksum", sodium_bin2hex(hex, sizeof hex, sums[i].hash, sizeof sums[i].hash));
		json_close(&cli->json);
	}
	json_close_list(&cli->json);
}

static void say_json(struct cli *cli, const struct backup_head *head, const struct rows_sum *sums, int64_t ms)
{
	struct json *json = &cli->json;
	struct file_count count = file_count(head, sums);

	json_open(json);
	json_member_text(json, "authority", head->authority);
	json_member_bool(json, "simulated", head->simulated);
	json_member_instant(json, "taken_at", head->taken_at);
	json_member_text(json, "engine", head->engine);
	json_member_text(json, "program", head->program);
	json_member_text(json, "schema", head->migrations[head->migration_count - 1].name);
	json_member_int(json, "rows", count.rows);
	json_member_int(json, "enquiries", count.enquiries);
	json_member_int(json, "milliseconds", ms);
	tables_json(cli, head, sums);
}

void file_say_open(
	struct cli *cli, const char *what, const struct backup_head *head, const struct rows_sum *sums, int64_t began_ms)
{
	struct file_count count = file_count(head, sums);
	int64_t ms = file_now_ms() - began_ms;

	if (cli->globals.json) {
		say_json(cli, head, sums, ms);
		return;
	}
	cli_say(cli, "%s: the hub of %.*s%s as of %.*s (%.*s): %lld rows in %zu tables, %lld enquiries, in %lld.%03lld s\n",
		what, TEXT_ARG(head->authority), head->simulated ? ", simulated," : "",
		TEXT_ARG(london_words(&cli->arena, head->taken_at)), TEXT_ARG(head->engine), (long long)count.rows,
		head->schema.count, (long long)count.enquiries, (long long)ms / 1000, (long long)ms % 1000);
	say_tables(cli, head, sums);
}

void file_say(
	struct cli *cli, const char *what, const struct backup_head *head, const struct rows_sum *sums, int64_t began_ms)
{
	file_say_open(cli, what, head, sums, began_ms);
	if (cli->globals.json) json_close(&cli->json);
}

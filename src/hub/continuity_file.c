/* The continuity list as a sealed file, written by the hour. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/instant.h"
#include "hub/continuity.h"
#include "sql/duty_hand_over.h"

#define JOB        "continuity"
#define NAME_BYTES 64
#define FILES_MOST 4096

static struct {
	const char *folder;
	const struct sealed_key *key;
} served;

void continuity_serves(const char *folder, const struct sealed_key *key)
{
	served.folder = folder;
	served.key = key;
}

bool continuity_is_served(void)
{
	return served.folder != NULL;
}

/* "20150713T0900Z": by UTC, so that October's doubled hour is two. */
static struct text slot_of(struct hub *hub)
{
	int64_t minutes = hub->now / (60 * 1000), hour = minutes / 60;
	struct civil_date date = civil_of_day((day)(hour / 24));

	return arena_printf(hub->arena, "%04d%02d%02dT%02d00Z", date.year, date.month, date.mday, (int)(hour % 24));
}

bool continuity_due(struct hub *hub, bool *ret, struct error *err)
{
	struct job_run_find_in in = {.name = TEXT(JOB)};
	struct job_run_find_row row;
	bool found = true;

	in.slot = slot_of(hub);
	if (served.folder && !job_run_find(hub->tx, &in, &row, &found, err)) return false;
	*ret = !found;
	return true;
}

static bool is_list(const char *name)
{
	size_t len = strlen(name);

	return len > 18 && strncmp(name, "continuity-", 11) == 0 && strcmp(name + len - 7, ".sealed") == 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* The names sort by their time; all but the last ones go. */
static void forget_older(struct arena *arena)
{
	char(*names)[NAME_BYTES] = arena_array(arena, FILES_MOST, NAME_BYTES);
	DIR *folder = opendir(served.folder);
	const struct dirent *entry;
	size_t count = 0;

	if (!folder) return;
	while (count < FILES_MOST && (entry = readdir(folder)))
		if (is_list(entry->d_name)) snprintf(names[count++], NAME_BYTES, "%.*s", NAME_BYTES - 1, entry->d_name);
	qsort(names, count, NAME_BYTES, by_name);
	for (size_t i = 0; i + CONTINUITY_KEPT < count; i++) unlinkat(dirfd(folder), names[i], 0);
	closedir(folder);
}

static bool failed(struct error *err, const char *path)
{
	return error_failed(err, "the continuity list %s can't be written: %s", path, strerror(errno));
}

static bool write_sealed(struct arena *arena, FILE *file, struct text list, struct error *err)
{
	struct sealed *sealed = arena_new(arena, struct sealed);
	bool done = sealed_begin(sealed, file, served.key, CONTINUITY_PURPOSE, err) &&
				sealed_write(sealed, list.ptr, list.len, err) && sealed_end(sealed, err);

	return done && fsync(fileno(file)) == 0;
}

/* Under another name first: who reads the folder finds whole files only. */
static bool write_file(struct hub *hub, struct text name, struct text list, struct error *err)
{
	const char *path = arena_printf(hub->arena, "%s/%.*s", served.folder, TEXT_ARG(name)).ptr;
	const char *part = arena_printf(hub->arena, "%s.part", path).ptr;
	int place = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), folder;
	FILE *file = place < 0 ? NULL : fdopen(place, "wb");
	bool done;

	if (!file) return failed(err, path);
	done = write_sealed(hub->arena, file, list, err);
	if (fclose(file) != 0 || !done || rename(part, path) != 0) {
		unlink(part);
		return failed(err, path);
	}
	folder = open(served.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder >= 0) {
		fsync(folder);
		close(folder);
	}
	return true;
}

bool continuity_write(struct hub *hub, struct error *err)
{
	struct job_run_insert_in run = {.name = TEXT(JOB), .at = hub->now};
	struct continuity_view view;
	BUFFER_SCOPE list;

	buffer_init(&list, CONTINUITY_TEXT_BYTES);
	run.slot = slot_of(hub);
	if (!continuity_view(hub, &view, err)) return false;
	continuity_text(&list, hub->arena, &view);
	if (!write_file(
			hub, arena_printf(hub->arena, "continuity-%.*s.sealed", TEXT_ARG(run.slot)), buffer_text(&list), err))
		return false;
	forget_older(hub->arena);
	return job_run_insert(hub->tx, &run, NULL, err);
}

bool continuity_written_at(struct hub *hub, instant *ret, struct error *err)
{
	struct continuity_last_row row;

	if (!continuity_last(hub->tx, &row, err)) return false;
	*ret = row.at;
	return true;
}

/*
 * Begun: the hub that several scenarios begin with. It is made once a line, by its steps; who begins with it after that
 * takes a copy of its folder and of its database on PostgreSQL, and knows the people that it has.
 */
#include "play.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define BEGUN_MOST 4

/* One engine's side of it. */
struct side {
	char folder[64];
	struct person people[PEOPLE_MOST];
	size_t person_count;
	bool simulated;
};

static struct begun {
	struct text name;
	struct side one, other;
	struct text database; /* on PostgreSQL */
} begun[BEGUN_MOST];
static size_t begun_count;
static struct arena kept;

static struct begun *find(struct text name)
{
	for (size_t i = 0; i < begun_count; i++)
		if (text_equal(begun[i].name, name)) return &begun[i];
	return NULL;
}

bool begun_known(struct text name)
{
	return find(name) != NULL;
}

struct text begun_database(struct text name)
{
	struct begun *known = find(name);

	return known ? known->database : TEXT("empty_hub");
}

static bool copy_file(int from_folder, int to_folder, const char *name)
{
	int from = openat(from_folder, name, O_RDONLY | O_CLOEXEC);
	int to = openat(to_folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct stat about;
	bool done = from >= 0 && to >= 0 && !fstat(from, &about);

	for (off_t at = 0; done && at < about.st_size;) done = sendfile(to, from, &at, (size_t)(about.st_size - at)) > 0;
	if (from >= 0) close(from);
	if (to >= 0) close(to);
	return done;
}

/* The clock's file is the scenario's own, and in its memory. */
static bool copy_folder(const char *from_path, const char *to_path, struct error *err)
{
	DIR *from = opendir(from_path), *to = opendir(to_path);
	bool done = from && to;

	for (struct dirent *entry; done && (entry = readdir(from));)
		if (entry->d_type == DT_REG && strcmp(entry->d_name, "clock") != 0)
			done = copy_file(dirfd(from), dirfd(to), entry->d_name);
	if (from) closedir(from);
	if (to) closedir(to);
	return done || error_failed(err, "could not copy %s to %s", from_path, to_path);
}

static bool keep_side(struct side *side, const struct play *play, struct error *err)
{
	snprintf(side->folder, sizeof side->folder, "/tmp/fanlight-begun.XXXXXX");
	if (!mkdtemp(side->folder)) return error_failed(err, "could not make a folder");
	for (side->person_count = 0; side->person_count < play->person_count; side->person_count++) {
		const struct person *person = &play->people[side->person_count];

		side->people[side->person_count] = (struct person){.name = arena_text(&kept, person->name),
			.email = arena_text(&kept, person->email),
			.password = arena_text(&kept, person->password)};
	}
	side->simulated = play->simulated;
	return copy_folder(play->folder, side->folder, err);
}

bool begun_keep(struct text name, struct play *play, struct play *other, struct error *err)
{
	struct begun *new = &begun[begun_count];

	if (begun_count == BEGUN_MOST || play->server) return true;
	if (!begun_count) arena_init(&kept, ARENA_COMMAND_BYTES);
	new->name = arena_text(&kept, name);
	new->database = TEXT_NONE;
	if (!keep_side(&new->one, play, err) || (other && !keep_side(&new->other, other, err))) return false;
	if (other) new->database = arena_text(&kept, beside_keep(other));
	if (other && text_none(new->database)) return error_failed(err, "could not copy the hub on PostgreSQL");
	begun_count++;
	return true;
}

static bool take_side(const struct side *side, struct play *play, struct error *err)
{
	for (size_t i = 0; i < side->person_count; i++) person_add(play, side->people[i].email, side->people[i].password);
	play->simulated = side->simulated;
	return copy_folder(side->folder, play->folder, err);
}

bool begun_take(struct text name, struct play *play, struct play *other, struct error *err)
{
	const struct begun *known = find(name);

	return take_side(&known->one, play, err) && (!other || take_side(&known->other, other, err));
}

void begun_forget(void)
{
	for (size_t i = 0; i < begun_count; i++) {
		folder_remove(begun[i].one.folder);
		if (text_none(begun[i].database)) continue;
		folder_remove(begun[i].other.folder);
		beside_forget(begun[i].database);
	}
	if (begun_count) arena_release(&kept);
	begun_count = 0;
}

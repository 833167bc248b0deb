#include "play.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/mman.h>
#include <unistd.h>

#define TOLD_WITHIN_US 1000000

static const char *program;

static void tell(bool good, const char *file, const struct step *step, const struct error *err)
{
	const char *slash = strrchr(file, '/');
	struct text short_rest = text_slice(step->rest, 0, 90);
	char words[512];

	snprintf(words, sizeof words, "%s:%d %.*s %.*s", slash ? slash + 1 : file, step->line, TEXT_ARG(step->verb),
		TEXT_ARG(short_rest));
	line_tell(good, text_of(words), text_of(err->message));
}

static bool write_file(struct play *play, const struct step *step, struct error *err)
{
	struct text path = arena_printf(&play->arena, "%s/%.*s", play->folder, TEXT_ARG(step->rest)), content;
	FILE *file;

	if (!play_substitute(play, step->content, &content, err)) return false;
	file = fopen(path.ptr, "we");
	if (!file) return error_failed(err, "could not write %s", path.ptr);
	fwrite(content.ptr, 1, content.len, file);
	return fclose(file) == 0 || error_failed(err, "could not write %s", path.ptr);
}

static bool expects(struct text verb)
{
	static const char *const verbs[] = {"as", "all", "every", "raw", "run", "stop"};

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (text_is(verb, verbs[i])) return true;
	return false;
}

static bool play_step(struct play *play, const struct step *step, struct error *err)
{
	struct text rest;

	if (!play_substitute(play, step->rest, &rest, err)) return false;
	if (text_is(step->verb, "as")) return client_request(play, &rest, err) && answer_check(play, rest, err);
	if (text_is(step->verb, "raw")) return raw_request(play, &rest, err) && answer_check(play, rest, err);
	if (text_is(step->verb, "run")) return program_run(play, &rest, err) && answer_check(play, rest, err);
	if (text_is(step->verb, "people")) return table_people(play, rest, err);
	if (text_is(step->verb, "all")) return table_row(play, rest, err);
	if (text_is(step->verb, "every")) return walk_every(play, rest, err);
	if (text_is(step->verb, "leave")) return person_leave(play, rest, err);
	if (text_is(step->verb, "given")) return program_given(play, rest, err);
	if (text_is(step->verb, "keep")) return answer_keep(play, rest, err);
	if (text_is(step->verb, "stop")) return server_stop(play, err);
	if (text_is(step->verb, "file")) return write_file(play, step, err);
	if (!text_is(step->verb, "clock")) return error_invalid(err, "there is no step \"%.*s\"", TEXT_ARG(step->verb));
	play->clock = rest;
	return true;
}

static bool read_scenario(struct arena *arena, const char *path, struct steps *ret, struct error *err)
{
	BUFFER_SCOPE all;
	char chunk[8192];
	size_t len;
	FILE *file = fopen(path, "re");

	buffer_init(&all, ANSWER_BYTES);
	if (!file) return error_failed(err, "could not read %s", path);
	while ((len = fread(chunk, 1, sizeof chunk, file)) > 0) buffer_bytes(&all, chunk, len);
	fclose(file);
	return steps_read(arena, arena_text(arena, buffer_text(&all)), ret, err);
}

/* The steps of NAME.steps beside this scenario, which several begin with. */
static bool begin_steps(struct play *play, const char *file, struct text name, struct steps *ret, struct error *err)
{
	const char *slash = strrchr(file, '/');
	struct text folder = text_slice(text_of(file), 0, slash ? (size_t)(slash - file) + 1 : 0);
	struct text path = arena_printf(&play->arena, "%.*s%.*s.steps", TEXT_ARG(folder), TEXT_ARG(name));

	return read_scenario(&play->arena, path.ptr, ret, err);
}

/* The same scenario on one engine, or on two. */
struct stage {
	struct play *play;
	struct play *other; /* NULL: on one */
	bool untold;        /* something was written since a change was last asked about */
};

/* Where time isn't led, a page may show what the hub does by itself on one side and not yet on the other. */
static bool is_get(const struct step *step, const char *path)
{
	struct text rest = step->rest;

	if (!text_is(step->verb, "as")) return false;
	(void)take_word(&rest);
	return text_is(take_word(&rest), "GET") && text_starts(text_trim(rest), text_of(path));
}

/* On PostgreSQL a change is told a quarter of a second after its commit; before it is asked about, all are. */
static void let_changes_be_told(struct stage *stage, const struct step *step)
{
	if (!is_get(step, "/")) stage->untold = true;
	if (!stage->untold || !is_get(step, "/changes")) return;
	usleep(TOLD_WITHIN_US);
	stage->untold = false;
}

static bool play_on(struct play *play, const struct step *step, struct error *err)
{
	play->told_count = 0;
	return clock_go_on(play, err) && play_step(play, step, err);
}

static bool play_both(struct stage *stage, const struct step *step, struct error *err)
{
	struct error why = {0};
	bool good = play_on(stage->play, step, err);

	if (stage->other) let_changes_be_told(stage, step);
	if (!stage->other || play_on(stage->other, step, &why)) return good;
	return good && error_invalid(err, "on PostgreSQL: %s", why.message);
}

static bool agree(struct stage *stage, const struct step *step, struct error *err)
{
	if (!stage->other) return true;
	for (int again = 0; !stage->play->simulated && is_get(step, "/") && again < 20; again++) {
		error_clear(err);
		if (beside_same(stage->play, stage->other, err)) return true;
		usleep(250000);
		error_clear(err);
		if (!play_both(stage, step, err)) return false;
	}
	return beside_same(stage->play, stage->other, err);
}

/* A failed check lets the next step be played; a failed preparation ends the scenario. */
static bool play_steps(struct stage *stage, const char *file, const struct steps *steps)
{
	struct error err;

	for (size_t i = 0; i < steps->count; i++) {
		bool is_case = expects(steps->items[i].verb), good;

		error_clear(&err);
		good = play_both(stage, &steps->items[i], &err);
		if (good && is_case) good = agree(stage, &steps->items[i], &err);
		if (is_case || !good) tell(good, file, &steps->items[i], &err);
		if (!good && !is_case) return false;
	}
	return true;
}

/* What the scenario begins with, or no value. */
static struct text beginning(const struct steps *steps)
{
	return steps->count && text_is(steps->items[0].verb, "begin") ? steps->items[0].rest : TEXT_NONE;
}

static bool play_begin(struct stage *stage, const char *file, struct steps *steps)
{
	const struct step *begin = steps->items;
	struct text name = beginning(steps);
	struct steps first = {0};
	struct error err = {0};
	bool good;

	if (text_none(name)) return true;
	steps->items++;
	steps->count--;
	if (begun_known(name)) {
		good = begun_take(name, stage->play, stage->other, &err);
	} else {
		good = begin_steps(stage->play, file, name, &first, &err);
		if (good && !play_steps(stage, file, &first)) return false;
		good = good && begun_keep(name, stage->play, stage->other, &err);
	}
	if (!good) tell(false, file, begin, &err);
	return good;
}

static void play_all(struct stage *stage, const char *file, struct steps *steps)
{
	const struct step end = {.verb = TEXT("the server ends well")};
	struct error err = {0};
	bool ended = true;

	if (play_begin(stage, file, steps)) play_steps(stage, file, steps);
	if (!stage->play->server) return;
	ended = server_stop(stage->play, &err);
	if (stage->other && ended) ended = server_stop(stage->other, &err);
	tell(ended, file, &end, &err);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
	(void)about;
	(void)kind;
	(void)place;
	return remove(path);
}

void folder_remove(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void play_open(struct play *play)
{
	*play = (struct play){.program = program, .clock = TEXT("")};
	arena_init(&play->arena, ARENA_COMMAND_BYTES);
	snprintf(play->folder, sizeof play->folder, "/tmp/fanlight-scenario.XXXXXX");
	if (!mkdtemp(play->folder)) exit(3);
	play->database = arena_printf(&play->arena, "sqlite:%s/hub.db", play->folder);
	play->other_database = TEXT_NONE;
	play->names[play->name_count++] = (struct name){TEXT("dir"), text_of(play->folder)};
}

static void lead(struct play *play)
{
	struct text path = arena_printf(&play->arena, "%s/clock", play->folder);
	int file = open(path.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (file < 0 || ftruncate(file, sizeof *play->led)) exit(3);
	play->led = mmap(NULL, sizeof *play->led, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
	close(file);
	if (play->led == MAP_FAILED) exit(3);
}

static void play_close(struct play *play)
{
	people_leave(play);
	json_decref(play->last.json);
	beside_drop(play);
	if (play->led) munmap(play->led, sizeof *play->led);
	folder_remove(play->folder);
	arena_release(&play->arena);
}

/* The other's hub is a copy of an empty one, or of the one that the scenario begins with. */
static bool stage_open(struct stage *stage, const struct steps *steps)
{
	struct text name = beginning(steps);

	if (!stage->other) return true;
	play_open(stage->other);
	lead(stage->play);
	lead(stage->other);
	return beside_database(stage->other, text_none(name) ? TEXT("empty_hub") : begun_database(name));
}

static void play_scenario(const char *file)
{
	static struct play play, other;
	struct stage stage = {.play = &play, .other = beside_wanted() ? &other : NULL};
	struct steps steps = {0};
	struct error err = {0};
	bool read;

	play_open(&play);
	read = read_scenario(&play.arena, file, &steps, &err);
	if (!stage_open(&stage, &steps)) exit(3);
	if (read)
		play_all(&stage, file, &steps);
	else
		tell(false, file, &(struct step){.verb = TEXT("read")}, &err);
	line_renumbered(beside_renumbered(&play));
	play_close(&play);
	if (stage.other) play_close(&other);
}

int main(int argc, char **argv)
{
	int status;

	if (argc < 3) {
		fprintf(stderr, "play PROGRAM SCENARIO...\n");
		return 2;
	}
	program = argv[1];
	curl_global_init(CURL_GLOBAL_DEFAULT);
	status = lines_play(play_scenario, argv + 2, argc - 2);
	curl_global_cleanup();
	return status;
}

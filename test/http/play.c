#include "play.h"

#include <ftw.h>
#include <unistd.h>

static int cases, failures;

static void tell(bool good, const char *file, const struct step *step, const struct error *err)
{
	const char *slash = strrchr(file, '/');
	struct text short_rest = text_slice(step->rest, 0, 90);

	cases++;
	failures += !good;
	printf("%s %d - %s:%d %.*s %.*s\n", good ? "ok" : "not ok", cases, slash ? slash + 1 : file, step->line,
		TEXT_ARG(step->verb), TEXT_ARG(short_rest));
	if (!good) {
		struct text message = text_of(err->message), line;

		while (text_split(&message, '\n', &line)) printf("# %.*s\n", TEXT_ARG(line));
	}
	fflush(stdout);
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

/* A failed check lets the next step be played; a failed preparation ends the scenario. */
static bool play_steps(struct play *play, const char *file, const struct steps *steps)
{
	struct error err;

	for (size_t i = 0; i < steps->count; i++) {
		bool is_case = expects(steps->items[i].verb), good;

		error_clear(&err);
		good = play_step(play, &steps->items[i], &err);
		if (is_case || !good) tell(good, file, &steps->items[i], &err);
		if (!good && !is_case) return false;
	}
	return true;
}

static void play_all(struct play *play, const char *file, struct steps *steps)
{
	const struct step end = {.verb = TEXT("the server ends well")};
	struct steps first = {0};
	struct error err;
	bool begun = true;

	error_clear(&err);
	if (steps->count && text_is(steps->items[0].verb, "begin")) {
		if (!begin_steps(play, file, steps->items[0].rest, &first, &err)) tell(false, file, steps->items, &err);
		begun = first.count && play_steps(play, file, &first);
		steps->items++;
		steps->count--;
	}
	if (begun) play_steps(play, file, steps);
	if (play->server) tell(server_stop(play, &err), file, &end, &err);
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *place)
{
	(void)about;
	(void)kind;
	(void)place;
	return remove(path);
}

static void play_scenario(const char *program, const char *file)
{
	static struct play play;
	struct steps steps = {0};
	struct error err;

	play = (struct play){.program = program, .clock = TEXT("")};
	arena_init(&play.arena, ARENA_COMMAND_BYTES);
	snprintf(play.folder, sizeof play.folder, "/tmp/fanlight-scenario.XXXXXX");
	if (!mkdtemp(play.folder)) exit(3);
	play.database = arena_printf(&play.arena, "%s/hub.db", play.folder);
	play.names[play.name_count++] = (struct name){TEXT("dir"), text_of(play.folder)};
	error_clear(&err);
	if (read_scenario(&play.arena, file, &steps, &err))
		play_all(&play, file, &steps);
	else
		tell(false, file, &(struct step){.verb = TEXT("read")}, &err);
	people_leave(&play);
	json_decref(play.last.json);
	nftw(play.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	arena_release(&play.arena);
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fprintf(stderr, "play PROGRAM SCENARIO...\n");
		return 2;
	}
	curl_global_init(CURL_GLOBAL_DEFAULT);
	for (int i = 2; i < argc; i++) play_scenario(argv[1], argv[i]);
	curl_global_cleanup();
	printf("1..%d\n", cases);
	return failures > 0;
}

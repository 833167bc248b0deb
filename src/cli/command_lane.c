#include "cli/command_lane.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "cli/asking.h"
#include "cli/beside_socket.h"
#include "http/lane.h"

#define ASKINGS_MOST    16
#define WAITING_MOST    8
#define SAYS_WITHIN_MS  5000
#define LOOK_AGAIN_MS   1000
#define WATCHED_MOST    (ASKINGS_MOST + 2)
#define FIRST_OF_ASKING 2

struct command_lane {
	struct lane *lane;
	struct arena arena;
	const char *path;
	int socket;
	int bell; /* rung when a command is through, and to stop */
	pthread_t watcher;
	atomic_bool closing;
	struct asking askings[ASKINGS_MOST];
};

static void ring(int bell)
{
	uint64_t one = 1;

	while (write(bell, &one, sizeof one) < 0 && errno == EINTR) continue;
}

static struct asking *free_place(struct command_lane *lane)
{
	for (size_t i = 0; i < ASKINGS_MOST; i++)
		if (atomic_load(&lane->askings[i].state) == ASKING_FREE) return &lane->askings[i];
	return NULL;
}

static void take_connection(struct command_lane *lane)
{
	struct asking *asking = free_place(lane);
	int fd = accept4(lane->socket, NULL, NULL, SOCK_CLOEXEC);

	if (fd < 0) return;
	if (asking_comes(asking, fd)) return;
	log_event(LOG_WARNING, "command_refused", LOG_TEXT("why", "not the server's user"));
	close(fd);
}

static void take_words(struct command_lane *lane, struct asking *asking)
{
	if (!asking_hears(asking)) {
		asking_goes(asking);
	} else if (!lane_push(lane->lane, &asking->item)) {
		asking_refuse(asking, "other commands wait for this server: nothing was done; try again in a moment");
		asking_goes(asking);
	}
}

/* What the watcher waits for from a place: words of who came, the going of who waits; nothing of who went. */
static short events_of(struct asking *asking)
{
	switch (atomic_load(&asking->state)) {
	case ASKING_CAME: return POLLIN | POLLRDHUP;
	case ASKING_WAITS: return atomic_load(&asking->left) ? 0 : POLLRDHUP;
	case ASKING_FREE:
	case ASKING_OVER: break;
	}
	return 0;
}

static void look_at(struct command_lane *lane, struct asking *asking, short happened)
{
	switch (atomic_load(&asking->state)) {
	case ASKING_CAME:
		if (happened & POLLIN)
			take_words(lane, asking);
		else if (happened || clock_source_monotonic_ms() - asking->came_ms > SAYS_WITHIN_MS)
			asking_goes(asking);
		break;
	case ASKING_WAITS:
		if (happened) atomic_store(&asking->left, true);
		break;
	case ASKING_OVER: asking_goes(asking); break;
	case ASKING_FREE: break;
	}
}

static void watch_once(struct command_lane *lane)
{
	struct pollfd watched[WATCHED_MOST] = {
		{.fd = lane->bell, .events = POLLIN}, {.fd = free_place(lane) ? lane->socket : -1, .events = POLLIN}};
	int patience = -1;
	uint64_t rung;

	for (size_t i = 0; i < ASKINGS_MOST; i++) {
		short events = events_of(&lane->askings[i]);

		if (events & POLLIN) patience = LOOK_AGAIN_MS;

		watched[FIRST_OF_ASKING + i] = (struct pollfd){.fd = events ? lane->askings[i].socket : -1, .events = events};
	}
	if (poll(watched, WATCHED_MOST, patience) < 0) return;
	if (watched[0].revents && read(lane->bell, &rung, sizeof rung) < 0) return;
	for (size_t i = 0; i < ASKINGS_MOST; i++) look_at(lane, &lane->askings[i], watched[FIRST_OF_ASKING + i].revents);
	if (watched[1].revents) take_connection(lane);
}

static void *watch(void *given)
{
	struct command_lane *lane = given;

	while (!atomic_load(&lane->closing)) watch_once(lane);
	return NULL;
}

static void run_item(struct lane_item *item)
{
	struct asking *asking = (struct asking *)item;
	struct command_lane *lane = asking->context;

	if (atomic_load(&lane->closing))
		asking_refuse(asking, "the server is stopping: nothing was done; run it again");
	else if (!atomic_load(&asking->left))
		asking_run(asking);
	atomic_store(&asking->state, ASKING_OVER);
	ring(lane->bell);
}

static bool start_threads(struct command_lane *lane, struct error *err)
{
	if (!lane_start(1, WAITING_MOST, &lane->lane, err)) return false;
	if (pthread_create(&lane->watcher, NULL, watch, lane) == 0) return true;
	lane_stop(lane->lane);
	return error_failed(err, "could not start a thread for commands");
}

bool command_lane_start(const char *database_path, struct db *db, struct command_lane **ret, struct error *err)
{
	static struct command_lane lane; /* a process serves one hub */

	lane = (struct command_lane){.path = database_path, .bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
	if (lane.bell < 0) return error_failed(err, "could not make an event");
	for (size_t i = 0; i < ASKINGS_MOST; i++)
		lane.askings[i] = (struct asking){.item.run = run_item, .context = &lane, .db = db, .socket = -1};
	if (!beside_listen(database_path, &lane.socket, err)) {
		close(lane.bell);
		return false;
	}
	*ret = &lane;
	if (start_threads(&lane, err)) return true;
	command_lane_close(&lane);
	close(lane.bell);
	return false;
}

void command_lane_close(struct command_lane *lane)
{
	if (!lane || atomic_exchange(&lane->closing, true)) return;
	beside_unlink(lane->path);
	ring(lane->bell);
}

void command_lane_stop(struct command_lane *lane)
{
	if (!lane) return;
	command_lane_close(lane);
	pthread_join(lane->watcher, NULL);
	close(lane->socket);
	lane_stop(lane->lane);
	for (size_t i = 0; i < ASKINGS_MOST; i++)
		if (atomic_load(&lane->askings[i].state) != ASKING_FREE) asking_goes(&lane->askings[i]);
	close(lane->bell);
}

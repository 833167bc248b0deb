#include "cli/beside_socket.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define WAITING_MOST 16
#define PATH_BYTES   4096
#define SEALS        (F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK)

/* An address holds about a hundred bytes: a longer path is reached through its folder. */
struct place {
	struct sockaddr_un address;
	int folder;
};

static bool through_folder(struct place *place, const char *path)
{
	char folder[PATH_BYTES];
	const char *slash = strrchr(path, '/');
	int len = slash ? (int)(slash - path) + 1 : 0;

	if (snprintf(folder, sizeof folder, "%.*s", len, path) >= (int)sizeof folder) return false;
	place->folder = open(len ? folder : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (place->folder < 0) return false;
	return snprintf(place->address.sun_path, sizeof place->address.sun_path, "/proc/self/fd/%d/%s.sock", place->folder,
			   path + len) < (int)sizeof place->address.sun_path;
}

static bool place_of(struct place *place, const char *path)
{
	*place = (struct place){.address.sun_family = AF_UNIX, .folder = -1};
	if (snprintf(place->address.sun_path, sizeof place->address.sun_path, "%s.sock", path) <
		(int)sizeof place->address.sun_path)
		return true;
	return through_folder(place, path);
}

static void place_release(const struct place *place)
{
	if (place->folder >= 0) close(place->folder);
}

static int socket_new(void)
{
	return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
}

int beside_connect(const char *database_path)
{
	struct place place;
	int fd = -1;

	if (place_of(&place, database_path)) fd = socket_new();
	if (fd >= 0 && connect(fd, (struct sockaddr *)&place.address, sizeof place.address) != 0) {
		close(fd);
		fd = -1;
	}
	place_release(&place);
	return fd;
}

/* The mode is given to the socket before it has a name: nobody finds it open to others for a moment. */
static bool bind_to(int fd, const struct place *place)
{
	return fchmod(fd, 0600) == 0 && (unlink(place->address.sun_path) == 0 || errno == ENOENT) &&
		   bind(fd, (const struct sockaddr *)&place->address, sizeof place->address) == 0 &&
		   listen(fd, WAITING_MOST) == 0;
}

bool beside_listen(const char *database_path, int *ret_socket, struct error *err)
{
	struct place place;
	bool named = place_of(&place, database_path), bound;
	int fd = named ? socket_new() : -1;

	bound = fd >= 0 && bind_to(fd, &place);
	if (!bound) error_failed(err, "could not listen at %s.sock: %s", database_path, strerror(errno));
	if (!bound && fd >= 0) close(fd);
	place_release(&place);
	*ret_socket = fd;
	return bound;
}

void beside_unlink(const char *database_path)
{
	struct place place;

	if (place_of(&place, database_path)) unlink(place.address.sun_path);
	place_release(&place);
}

bool beside_peer(int socket, uid_t *ret_user)
{
	struct ucred peer;
	socklen_t len = sizeof peer;

	if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &len) != 0) return false;
	*ret_user = peer.uid;
	return true;
}

union passed_bytes {
	struct cmsghdr align;
	char bytes[CMSG_SPACE(BESIDE_PASSED_MOST * sizeof(int))];
};

bool beside_send(int socket, const struct beside_packet *packet)
{
	union passed_bytes passed = {0};
	struct iovec said = {(void *)(uintptr_t)packet->bytes.ptr, packet->bytes.len};
	struct msghdr message = {.msg_iov = &said, .msg_iovlen = 1};
	struct cmsghdr *head;

	if (packet->passed_count) {
		message.msg_control = passed.bytes;
		message.msg_controllen = CMSG_SPACE(packet->passed_count * sizeof(int));
		head = CMSG_FIRSTHDR(&message);
		*head = (struct cmsghdr){.cmsg_len = CMSG_LEN(packet->passed_count * sizeof(int)),
			.cmsg_level = SOL_SOCKET,
			.cmsg_type = SCM_RIGHTS};
		memcpy(CMSG_DATA(head), packet->passed, packet->passed_count * sizeof(int));
	}
	return sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)packet->bytes.len;
}

static void take_passed(struct msghdr *message, struct beside_packet *ret)
{
	for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head; head = CMSG_NXTHDR(message, head)) {
		size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
		for (size_t i = 0; i < count; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(head) + i * sizeof fd, sizeof fd);
			if (ret->passed_count < BESIDE_PASSED_MOST)
				ret->passed[ret->passed_count++] = fd;
			else
				close(fd);
		}
	}
}

bool beside_receive(int socket, char *bytes, size_t size, struct beside_packet *ret)
{
	union passed_bytes passed = {0};
	struct iovec said = {bytes, size};
	struct msghdr message = {
		.msg_iov = &said, .msg_iovlen = 1, .msg_control = passed.bytes, .msg_controllen = sizeof passed.bytes};
	ssize_t len;

	*ret = (struct beside_packet){0};
	do len = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
	while (len < 0 && errno == EINTR);
	if (len < 0) return false;
	take_passed(&message, ret);
	ret->bytes = (struct text){bytes, (size_t)len};
	if (len > 0 && !(message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))) return true;
	beside_packet_close(ret);
	return false;
}

void beside_packet_close(struct beside_packet *packet)
{
	while (packet->passed_count) close(packet->passed[--packet->passed_count]);
}

int beside_unread(int socket)
{
	int bytes = 0;

	return ioctl(socket, SIOCOUTQ, &bytes) == 0 ? bytes : 0;
}

int beside_memory(void)
{
	return memfd_create("fanlight command", MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

static bool write_all(int fd, struct text content)
{
	while (content.len) {
		ssize_t len = write(fd, content.ptr, content.len);

		if (len < 0 && errno == EINTR) continue;
		if (len <= 0) return false;
		content = text_slice(content, (size_t)len, content.len);
	}
	return true;
}

int beside_memory_of(struct text content)
{
	int fd = beside_memory();

	if (fd < 0) return -1;
	if (write_all(fd, content) && fcntl(fd, F_ADD_SEALS, SEALS) == 0) return fd;
	close(fd);
	return -1;
}

bool beside_memory_read(int memory, size_t bytes_most, struct arena *arena, struct text *ret_content)
{
	int seals = fcntl(memory, F_GET_SEALS);
	struct stat found;
	char *content;

	if (seals < 0 || (seals & SEALS) != SEALS || fstat(memory, &found) != 0) return false;
	if ((size_t)found.st_size > bytes_most) return false;
	content = arena_alloc(arena, (size_t)found.st_size + 1);
	*ret_content = (struct text){content, (size_t)found.st_size};
	return pread(memory, content, (size_t)found.st_size, 0) == found.st_size;
}

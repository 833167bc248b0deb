/*
 * Unfinished: files that are taken away when the program is told to stop (SIGINT, SIGTERM, SIGHUP) before they are whole,
 * so that nothing half made is left for somebody to take for the whole. Then it ends as the signal says.
 *
 * What is killed outright leaves them; who writes such a file again begins with removing what is there. A signal that whoever
 * started the program had it ignore stays ignored. For a command; a server has its own way to end.
 */
#ifndef BASE_UNFINISHED_H
#define BASE_UNFINISHED_H

#define UNFINISHED_MOST 8

/* From now until it is finished. The name is copied; one that finds no room is not taken away, that is all. */
void unfinished_begin(const char *path);

/* It is whole or gone. */
void unfinished_end(const char *path);

#endif

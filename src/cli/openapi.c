#include "web/openapi.h"

#include "cli/command.h"

static int run(struct cli *cli, const void *given)
{
	(void)given;
	openapi_write(&cli->json);
	return EXIT_DONE;
}

const struct command command_openapi = {
	.name = "openapi",
	.summary = "The OpenAPI 3.1 document of the running routes, as JSON",
	.alone = true,
	.run = run,
};

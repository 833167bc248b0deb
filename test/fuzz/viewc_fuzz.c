/* Whatever the template: it is compiled, or refused with its path and line. */
#include <assert.h>

#include "viewc.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct viewc_source source = {TEXT("fuzz.html"), TEXT("fuzz"), {len ? (const char *)bytes : "", len}};
	BUFFER_SCOPE header;
	BUFFER_SCOPE code;
	struct error err;

	buffer_init(&header, (size_t)16 << 20);
	buffer_init(&code, (size_t)16 << 20);
	error_clear(&err);
	if (!viewc_compile(&source, &header, &code, &err)) assert(text_starts(text_of(err.message), TEXT("fuzz.html:")));
	return 0;
}

#include "http/exchange.h"

/* No script, style or picture but ours, no frame, no plug-in, no markup made by scripts. */
#define POLICY                                                                                                         \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "   \
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "            \
	"require-trusted-types-for 'script'; trusted-types 'none'"

static const struct secure_header always[] = {
	{"Content-Security-Policy", POLICY},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "same-origin"},
	{"X-Frame-Options", "DENY"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
	{"Cross-Origin-Resource-Policy", "same-origin"},
	{"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

size_t secure_headers(const struct exchange *x, struct secure_header into[SECURE_HEADERS_MOST])
{
	size_t count = sizeof always / sizeof always[0];

	memcpy(into, always, sizeof always);
	into[count++] = (struct secure_header){
		"Cache-Control", x->response.immutable ? "public, max-age=31536000, immutable" : "no-store"};
	if (x->request.tls) into[count++] = (struct secure_header){"Strict-Transport-Security", "max-age=31536000"};
	return count;
}

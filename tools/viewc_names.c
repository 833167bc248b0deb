#include "viewc_names.h"

static bool in_list(struct text name, const char *const *list)
{
	for (; *list; list++)
		if (text_equal_nocase(name, text_of(*list))) return true;
	return false;
}

bool name_is_void(struct text element)
{
	static const char *const names[] = {
		"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr", NULL};

	return in_list(element, names);
}

const char *name_element_refused(struct text element)
{
	static const char *const names[] = {
		"style", "iframe", "object", "embed", "base", "frame", "frameset", "applet", "template", NULL};

	return in_list(element, names) ? "our Content-Security-Policy refuses this element" : NULL;
}

const char *name_attribute_refused(struct text attribute)
{
	static const char *const names[] = {"style", "srcdoc", "srcset", "ping", "http-equiv", "nonce", NULL};

	if (attribute.len > 2 && text_equal_nocase(text_slice(attribute, 0, 2), TEXT("on")))
		return "handlers belong in assets/, our Content-Security-Policy refuses them here";
	return in_list(attribute, names) ? "our Content-Security-Policy refuses this attribute" : NULL;
}

bool name_is_address(struct text attribute)
{
	static const char *const names[] = {
		"href", "src", "action", "formaction", "poster", "cite", "data", "background", "xlink:href", NULL};

	return in_list(attribute, names);
}

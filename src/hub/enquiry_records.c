#include "hub/enquiry_records.h"

bool enquiry_records_new(
	struct hub *hub, struct enquiry_id enquiry, bool restricted, struct enquiry_records *ret, struct error *err)
{
	*ret = (struct enquiry_records){.news = {.since = INSTANT_NONE}};
	return !restricted || restriction_view(hub, enquiry, &ret->restriction, err);
}

bool enquiry_records(
	struct hub *hub, struct enquiry_id enquiry, bool restricted, struct enquiry_records *ret, struct error *err)
{
	if (!enquiry_records_new(hub, enquiry, restricted, ret, err)) return false;
	return contact_list(hub, enquiry, TEXT_NONE, CONTACTS_ON_RECORD, &ret->contacts, err) &&
		   oversight_list(hub, enquiry, TEXT_NONE, OVERSIGHT_ON_RECORD, &ret->oversight, err) &&
		   looked_news(hub, enquiry, &ret->news, err);
}

static void restriction_json(struct json *json, const struct restriction_view *view)
{
	json_key(json, "restriction");
	if (!view->stands) {
		json_none(json);
		return;
	}
	json_open(json);
	record_json(json, &restriction_record, &view->row);
	record_list_json(json, "people", &restriction_person_record, view->people, view->people_count);
	record_list_json(json, "glass", &restriction_glass_record, view->glass, view->glass_count);
	json_member_bool(json, "under_glass", view->under_glass);
	json_close(json);
}

void enquiry_records_json(struct json *json, const struct enquiry_records *records)
{
	restriction_json(json, &records->restriction);
	json_member_int(json, "contact_count", records->contacts.total);
	record_list_json(json, "contacts", &contact_record, records->contacts.rows, records->contacts.count);
	json_member_int(json, "oversight_count", records->oversight.total);
	record_list_json(json, "oversight", &oversight_record, records->oversight.rows, records->oversight.count);
	json_member_instant(json, "opened_before", records->news.since);
	record_list_json(json, "new", &looked_since_record, records->news.rows, records->news.count);
}

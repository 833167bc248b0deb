#include "hub/care.h"

#include "base/london.h"

#define LOAD(query, member, record)                                                                                    \
	(query(hub->tx, &(struct query##_in){.viewer = hub->actor.account, .enquiry = enquiry}, &ret->member, err)         \
			? (record_hide_all(&record, ret->member.rows, ret->member.count, hub->actor.role, hub_relation(hub)),      \
				  true)                                                                                                \
			: false)

bool care_load_new(struct hub *hub, struct enquiry_id enquiry, struct care *ret, struct error *err)
{
	*ret = (struct care){.today = london_day(hub->now)};
	return LOAD(enquiry_open_cases, open_cases, enquiry_open_case_record) &&
		   LOAD(enquiry_persons, links, enquiry_person_record);
}

bool care_load(struct hub *hub, struct enquiry_id enquiry, struct care *ret, struct error *err)
{
	return care_load_new(hub, enquiry, ret, err) && LOAD(enquiry_protections, protections, enquiry_protection_record) &&
		   LOAD(enquiry_transfers_in, transfers, enquiry_transfer_in_record) &&
		   LOAD(enquiry_reviews, reviews, enquiry_reviewed_record) && LOAD(enquiry_owed, owed, enquiry_owing_record);
}

bool care_open(const struct care *care, const struct enquiry_open_case *row)
{
	return row->case_from != DAY_NONE && row->case_from <= care->today &&
		   (row->case_to == DAY_NONE || row->case_to >= care->today);
}

void care_possible_json(struct json *json, const struct care *care, struct child_id child)
{
	json_key(json, "possible");
	json_open_list(json);
	for (size_t i = 0; i < care->links.count; i++) {
		const struct enquiry_person *link = &care->links.rows[i];

		if (link->child.n == child.n && link_state_of(link->link_state) == LINK_POSSIBLE) json_id(json, link->person.n);
	}
	json_close_list(json);
}

#define ROWS_JSON(key, record, list) record_list_json(json, key, &(record), (list).rows, (list).count)

void care_json(struct json *json, const struct care *care)
{
	ROWS_JSON("open_cases", enquiry_open_case_record, care->open_cases);
	ROWS_JSON("persons", enquiry_person_record, care->links);
	ROWS_JSON("protections", enquiry_protection_record, care->protections);
	ROWS_JSON("transfers_in", enquiry_transfer_in_record, care->transfers);
	ROWS_JSON("reviews", enquiry_reviewed_record, care->reviews);
	ROWS_JSON("owed", enquiry_owing_record, care->owed);
}

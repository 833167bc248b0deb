#include "web/answers.h"

#include "hub/absence.h"
#include "hub/account.h"
#include "hub/accumulation.h"
#include "hub/advice.h"
#include "hub/alarm_view.h"
#include "hub/caseload.h"
#include "hub/clock_list.h"
#include "hub/deputy.h"
#include "hub/draft.h"
#include "hub/edt.h"
#include "hub/enquiry_list.h"
#include "hub/enquiry_view.h"
#include "hub/hub_now.h"
#include "hub/information_request.h"
#include "hub/person_link.h"
#include "hub/policy.h"
#include "hub/retriage.h"
#include "hub/staff.h"

#define ANSWER(type, ...)                                                                                              \
	static const struct answer_part type##_parts[] = {__VA_ARGS__};                                                    \
	const struct answer_type answer_##type = {#type, type##_parts, sizeof type##_parts / sizeof *type##_parts};

ANSWER(enquiry, {NULL, &enquiry_head_record}, {"children", &enquiry_child_record}, {"history", &enquiry_step_record},
	{"ratings", &enquiry_rating_record}, {"proposals", &enquiry_proposal_record},
	{"recommendations", &enquiry_recommendation_record}, {"hand_overs", &enquiry_hand_over_record},
	{"duty_hand_overs", &duty_hand_over_line_record}, {"strategy_discussions", &enquiry_strategy_discussion_record},
	{"further_information", &enquiry_addition_record}, {"advice", &enquiry_advice_given_record},
	{"earlier", &enquiry_earlier_one_record}, {"open_cases", &enquiry_open_case_record},
	{"persons", &enquiry_person_record}, {"protections", &enquiry_protection_record},
	{"transfers_in", &enquiry_transfer_in_record}, {"reviews", &enquiry_reviewed_record},
	{"owed", &enquiry_owing_record}, {"contacts", &contact_record}, {"oversight", &oversight_record},
	{"new", &looked_since_record})
ANSWER(enquiries, {"enquiries", &enquiry_record})
ANSWER(found, {"found", &enquiry_found_record})
ANSWER(caseload, {"enquiries", &caseload_record})
ANSWER(clocks, {"clocks", &clock_record}, {"counts", &clock_counts_record})
ANSWER(possible, {"possible", &possible_person_record})
ANSWER(hub, {"clocks", &clock_counts_record}, {"workers", &hub_worker_record})
ANSWER(hub_list, {"enquiries", &hub_now_record})
ANSWER(hand_overs, {"hand_overs", &hand_over_line_record})
ANSWER(alarms, {"alarms", &alarm_line_record})
ANSWER(alarms_standing, {"alarms", &alarm_news_record})
ANSWER(alarm, {NULL, &alarm_one_record})
ANSWER(
	edt, {"red", &edt_record}, {"unscreened", &edt_record}, {"handed_over", &edt_record}, {"given_back", &edt_record})
ANSWER(edt_list, {"enquiries", &edt_record})
ANSWER(users, {"users", &account_record})
ANSWER(account, {NULL, &account_record})
ANSWER(policy, {"versions", &policy_version_record})
ANSWER(retriage, {"rows", &retriage_item_record})
ANSWER(accumulation, {"workers", &accumulation_worker_record})
ANSWER(drafts, {"drafts", &draft_standing_record}, {"thrown_away", &draft_standing_record})
ANSWER(duty, {"shifts", &shift_record}, {"deputies", &deputy_record})
ANSWER(shifts, {NULL, &shift_record}, {"shifts", &shift_record})
ANSWER(deputy, {NULL, &deputy_record})
ANSWER(absences, {"absences", &absence_record})
ANSWER(absence, {NULL, &absence_record})
ANSWER(staff, {"staff", &staff_record})
ANSWER(staff_member, {NULL, &staff_record})
ANSWER(contacts, {"contacts", &contact_record})
ANSWER(oversight, {"oversight", &oversight_record})
ANSWER(looked, {"entries", &looked_record})
ANSWER(restricted, {"restricted", &restriction_line_record})
ANSWER(advice, {"advice", &advice_record})
ANSWER(advice_one, {NULL, &advice_record})
ANSWER(requests, {"requests", &asked_record})
ANSWER(request_one, {NULL, &asked_record})

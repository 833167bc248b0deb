/*
 * Answers: what the JSON twins hold, by the records that queries return, for the OpenAPI document.
 */
#ifndef WEB_ANSWERS_H
#define WEB_ANSWERS_H

#include "http/route.h"

extern const struct answer_type answer_enquiry;
extern const struct answer_type answer_enquiries;
extern const struct answer_type answer_found;
extern const struct answer_type answer_caseload;
extern const struct answer_type answer_clocks;
extern const struct answer_type answer_possible;
extern const struct answer_type answer_hub;
extern const struct answer_type answer_hub_list;
extern const struct answer_type answer_hand_overs;
extern const struct answer_type answer_alarms;
extern const struct answer_type answer_alarms_standing;
extern const struct answer_type answer_alarm;
extern const struct answer_type answer_edt;
extern const struct answer_type answer_edt_list;
extern const struct answer_type answer_users;
extern const struct answer_type answer_account;
extern const struct answer_type answer_policy;
extern const struct answer_type answer_accumulation;
extern const struct answer_type answer_retriage;
extern const struct answer_type answer_contacts;
extern const struct answer_type answer_oversight;
extern const struct answer_type answer_looked;
extern const struct answer_type answer_restricted;
extern const struct answer_type answer_advice;
extern const struct answer_type answer_advice_one;
extern const struct answer_type answer_requests;
extern const struct answer_type answer_request_one;
extern const struct answer_type answer_drafts;
extern const struct answer_type answer_duty;
extern const struct answer_type answer_shifts;
extern const struct answer_type answer_deputy;
extern const struct answer_type answer_absences;
extern const struct answer_type answer_absence;
extern const struct answer_type answer_staff;
extern const struct answer_type answer_staff_member;

#endif

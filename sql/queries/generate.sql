-- generate_step_allow :exec
-- While a hub is generated an episode may come into being as it ended; see generate_step_forbid.
-- in: to_state text
insert into lifecycle_step (from_state, to_state) values ('none', $to_state);

-- generate_step_forbid :exec
-- An episode starts received, or screened, again.
delete from lifecycle_step where from_state = 'none' and to_state not in ('received', 'screened');

-- generate_enquiries_there :one
-- Does the hub hold anything that was received?
-- out: found bool
-- access: system, says only whether there is anything
select exists (select 1 from enquiry) as found;

-- generate_log_end :one
-- The last entry of the access log.
-- out: number int
select coalesce(max(id), 0) as number from access_log;

-- generate_ids_settle :exec
-- What is written after this takes the ids after those that were given (PostgreSQL counts them by itself).
update reference_counter set last = last where id = 0;

-- generate_reference_last :exec
-- The last number given in a local year.
-- in: year int, last int
insert into reference_counter (year, last) values ($year, $last);

-- generate_person :exec
-- in: id person_id
insert into person (id, given_name, family_name, date_of_birth, expected_date, sex, ethnicity, nhs_number, recorded_at)
values ($id, $given_name, $family_name, $date_of_birth, $expected_date, $sex, $ethnicity, $nhs_number, $recorded_at);

-- generate_enquiry :exec
-- in: id enquiry_id
insert into enquiry (id, reference, source_system, external_ref, received_at, recorded_at, recorded_by, channel,
	source_code, referrer_name, referrer_role, referrer_organisation, referrer_phone, concern, concerns,
	domestic_abuse_notification, immediate_danger, consent, summary, child_count, content_hash)
values ($id, $reference, $source_system, $external_ref, $received_at, $recorded_at, $recorded_by, $channel,
	$source_code, $referrer_name, $referrer_role, $referrer_organisation, $referrer_phone, $concern, $concerns,
	$domestic_abuse_notification, $immediate_danger, $consent, $summary, $child_count, $content_hash);

-- generate_child :exec
-- in: id child_id
insert into child (id, enquiry, position, person, given_name, family_name, date_of_birth, expected_date, sex, ethnicity,
	nhs_number, address, postcode, parent_name, recorded_by, recorded_at)
values ($id, $enquiry, $position, $person, $given_name, $family_name, $date_of_birth, $expected_date, $sex, $ethnicity,
	$nhs_number, $address, $postcode, $parent_name, $recorded_by, $recorded_at);

-- generate_episode :exec
-- As it stands at the hub's present, with nobody: a worker is put to it by generate_episode_worker.
-- in: id episode_id
insert into episode (id, enquiry, n, is_current, workstream, state, rag, rag_order, risk_order, first_rag, started_at,
	screening_due_at, screened_at, screened_by, due_at, allocated_at, recommended_by, recommended_at, necessary,
	necessary_reason, ended, ended_at, closed_at, version, recorded_at)
values ($id, $enquiry, 1, 1, $workstream, $state, $rag, $rag_order, $risk_order, $first_rag, $started_at,
	$screening_due_at, $screened_at, $screened_by, $due_at, $allocated_at, $recommended_by, $recommended_at, $necessary,
	$necessary_reason, $ended, $ended_at, $closed_at, $version, $recorded_at);

-- generate_episode_worker :exec
-- Who had it, of an episode that has ended: the schema's counters pass it over.
-- in: id episode_id
-- access: system, writes an episode that was generated a moment ago
update episode set worker = $worker where id = $id;

-- generate_episode_now :exec
-- One of those that stand open comes to where it stands, step by step, through the schema's guards.
-- in: id episode_id
-- access: system, writes an episode that was generated a moment ago
update episode set state = $state, pending = $pending, rag = $rag, rag_order = $rag_order, first_rag = $first_rag,
	screened_at = $screened_at, screened_by = $screened_by, due_at = $due_at, worker = $worker,
	allocated_at = $allocated_at, held_by = $held_by, held_at = $held_at, recommended_by = $recommended_by,
	recommended_at = $recommended_at, version = version + 1
where id = $id;

-- generate_log :exec
-- in: id access_log_id
insert into access_log (id, record_kind, record, n, account, action, refused, detail, at, recorded_at)
values ($id, 'enquiry', $record, $n, $account, $action, 0, $detail, $at, $recorded_at);

-- generate_allocation :exec
insert into allocation (episode, worker, recommended, allocated_by, at, recorded_at, ended_at)
values ($episode, $worker, $recommended, $allocated_by, $at, $recorded_at, $ended_at);

-- generate_worker_given :exec
-- When somebody was last given one.
update worker set last_given_at = $last_given_at where account = $account;

-- generate_proposal :exec
-- in: id proposal_id, answered_by account_id
insert into proposal (id, episode, kind, proposed_by, proposed_at, recorded_at, analysis, reason, answered_by,
	answered_at, answer, policy)
values ($id, $episode, $kind, $proposed_by, $proposed_at, $recorded_at, $analysis, $reason, $answered_by, $answered_at,
	$answer, $policy);

-- generate_outcome :exec
insert into outcome (episode, child, proposal, outcome, threshold_level, reason, service, agreement_by, agreement_at,
	authorised_by, authorised_at, recorded_at)
values ($episode, $child, $proposal, $outcome, $threshold_level, $reason, $service, $agreement_by, $agreement_at,
	$authorised_by, $authorised_at, $recorded_at);

-- generate_strategy :exec
insert into strategy_discussion (episode, requested_at, requested_by, reason, held_at, agencies, took_part, decision,
	recorded_at, due_at, conference_due_at, conference_held_at)
values ($episode, $requested_at, $requested_by, $reason, $held_at, $agencies, $took_part, $decision, $recorded_at,
	$due_at, $conference_due_at, $conference_held_at);

-- generate_hand_over :exec
-- in: answered_by text
insert into hand_over (episode, child, kind, to_whom, made_by, made_at, due_at, answered_by, answered_at, answer,
	recorded_at)
values ($episode, $child, $kind, $to_whom, $made_by, $made_at, $due_at, $answered_by, $answered_at, $answer,
	$recorded_at);

-- generate_simulated :exec
-- What holds invented people says so on every page, for ever.
update installation set simulated = 1;

-- generate_holding :exec
insert into holding (episode, kind, about, done_by, at, recorded_at)
values ($episode, 'held', $about, $done_by, $at, $recorded_at);

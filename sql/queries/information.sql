-- episode_flag :exec
-- Further information asks for screening again, or after the decision for a review, since the earliest nobody has
-- looked at. It raises no version.
-- access: system, flags the enquiry that the addition was just written to
update episode set
	rescreen_asked_at = case when rescreen_asked_at is null or $rescreen_asked_at < rescreen_asked_at
		then coalesce($rescreen_asked_at, rescreen_asked_at) else rescreen_asked_at end,
	review_asked_at = case when review_asked_at is null or $review_asked_at < review_asked_at
		then coalesce($review_asked_at, review_asked_at) else review_asked_at end
where enquiry = $enquiry and is_current = 1;

-- review_insert :exec
insert into review (episode, asked_at, reason, reviewed_by, at, recorded_at)
values ($episode, $asked_at, $reason, $reviewed_by, $at, $recorded_at);

-- referrer_owe :exec
-- An answer that the referrer is owed: delivered after this transaction, or told by a person by then.
insert into outbox (stable_id, kind, enquiry, content, at, due_at, owed_by, recorded_at)
values ($stable_id, $kind, $enquiry, $content, $at, $due_at, $owed_by, $recorded_at)
on conflict (stable_id) do nothing;

-- referrer_owed :find
-- What the referrer is still owed, the first due first.
select o.id, o.owed_by
from outbox o
join visible_enquiry q on q.viewer = $viewer and q.id = o.enquiry
where o.enquiry = $enquiry and o.owed_by is not null and o.delivered_at is null
order by o.owed_by, o.id limit 1;

-- referrer_mark_told :exec
-- in: outbox outbox_id
update outbox set delivered_at = $delivered_at where id = $outbox;

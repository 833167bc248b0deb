-- advice_insert :one
insert into advice (enquiry, to_whom, advice, given_by, at, recorded_at)
values ($enquiry, $to_whom, $advice, $given_by, $at, $recorded_at)
returning id;

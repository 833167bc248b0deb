-- What a release after that would take away: no program that knows nothing of it may run beside it.
drop index next_review_enquiry;
drop table next_review;

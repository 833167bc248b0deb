-- print_unseen :find
-- Which record somebody wanted to print who may not see it: for its access log.
-- access: system, only which record a refusal is about; nothing of it is shown
select id from enquiry where reference = $reference;

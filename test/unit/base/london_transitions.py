#!/usr/bin/env python3
"""Writes london_transitions.def: the clock changes of Europe/London from tzdata, by Python's zoneinfo."""
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

london = ZoneInfo("Europe/London")
hour = datetime(1996, 1, 1, tzinfo=timezone.utc)
print("/* Made by london_transitions.py from tzdata: the first second of each new offset. */")
while hour.year < 2038:
    then = hour + timedelta(hours=1)
    if hour.astimezone(london).utcoffset() != then.astimezone(london).utcoffset():
        local = then.astimezone(london)
        print('{%dLL, "%s", %d},' % (then.timestamp() * 1000, local.isoformat(), local.utcoffset().seconds // 60))
    hour = then

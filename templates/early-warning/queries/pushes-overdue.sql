-- Persons above a line who were told of too late, or not at all by the day of the latest record; by
-- the settlement that passed the line, and by the push.
SELECT c.seq, p.person, p.area, p.category, p.warning, p.occurredOn AS passedOn, p.dueOn,
       CASE WHEN p.warning = 'illness-to-poverty' THEN 1 ELSE 2 END AS gravity,
       p.pushedAs, p.pushedOn,
       CASE WHEN p.state = 'pushed' THEN p.pushedDay ELSE t.day END - p.dueDay AS daysLate,
       p.warningSeq
FROM persons_to_warn AS p
CROSS JOIN latest_day AS t
JOIN burden_claims AS c ON c.person = p.person AND c.day = p.day
WHERE p.onList = 1 AND p.dueDay < CASE WHEN p.state = 'pushed' THEN p.pushedDay ELSE t.day END

-- index: recordKind, recordSource, day
-- recorded: every record of every kind that a source may send, one row each, whether or not it was
-- reversed later: a source says what it sent. Those of the year, and of the time before it that
-- totals of the year speak of.
--   amountFen  what a source's own total is compared with; NULL for kinds that carry no amount
-- The amount of a kind, where it has several: claim.settled the total cost; clearing.paid what was
-- paid; enrolment.subsidised the subsidy; review.concluded what was reviewed.
-- A kind that is added to ledger/kinds is added here.
SELECT r.seq, r.recordKind, r.recordSource, r.area, r.day, r.amountFen
FROM (
SELECT seq, 'aid.applied' AS recordKind, source AS recordSource, area, occurredOnDay AS day,
       CAST(NULL AS BIGINT) AS amountFen
FROM aid_applied WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'aid.approved', source, area, occurredOnDay, amountFen
FROM aid_approved WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'aid.paid', source, area, occurredOnDay, amountFen
FROM aid_paid WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'aid.refused', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM aid_refused WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'audit.concluded', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM audit_concluded WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'case.closed', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM case_closed WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'case.noted', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM case_noted WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'case.opened', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM case_opened WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'case.reopened', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM case_reopened WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'channel.published', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM channel_published WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'claim.settled', source, area, occurredOnDay, amounts_totalFen
FROM claim_settled WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'clearing.paid', source, area, occurredOnDay, paidFen
FROM clearing_paid WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'clearing.requested', source, area, occurredOnDay, amountFen
FROM clearing_requested WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'complaint.accepted', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM complaint_accepted WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'complaint.closed', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM complaint_closed WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'complaint.received', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM complaint_received WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'duty.assigned', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM duty_assigned WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'eligibility.certified', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM eligibility_certified WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'eligibility.ended', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM eligibility_ended WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'enrolment.recorded', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM enrolment_recorded WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'enrolment.refunded', source, area, occurredOnDay, amountFen
FROM enrolment_refunded WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'enrolment.subsidised', source, area, occurredOnDay, subsidyFen
FROM enrolment_subsidised WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'entitlement.certified', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM entitlement_certified WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'entry.reversed', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM entry_reversed WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'evaluation.concluded', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM evaluation_concluded WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'exception.granted', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM exception_granted WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'fund.balance-stated', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM fund_balance_stated WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'fund.budgeted', source, area, occurredOnDay, amountFen
FROM fund_budgeted WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'fund.received', source, area, occurredOnDay, amountFen
FROM fund_received WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'fund.transferred', source, area, occurredOnDay, amountFen
FROM fund_transferred WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'inspection.answered', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM inspection_answered WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'inspection.found', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM inspection_found WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'inspection.held', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM inspection_held WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'inspection.rectified', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM inspection_rectified WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'institution.designated', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM institution_designated WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'insurer.checked', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM insurer_checked WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'insurer.engaged', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM insurer_engaged WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'list.shared', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM list_shared WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'means.checked', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM means_checked WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'offset.booked', source, area, occurredOnDay, amountFen
FROM offset_booked WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'parameter.set', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM parameter_set WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'payment.returned', source, area, occurredOnDay, amountFen
FROM payment_returned WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'person.died', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM person_died WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'person.merged', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM person_merged WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'policy.adopted', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM policy_adopted WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'premium.collected', source, area, occurredOnDay, amountFen
FROM premium_collected WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'prepayment.made', source, area, occurredOnDay, amountFen
FROM prepayment_made WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'prepayment.returned', source, area, occurredOnDay, amountFen
FROM prepayment_returned WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'progress.circulated', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM progress_circulated WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'publicity.held', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM publicity_held WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'publicity.objected', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM publicity_objected WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'publicity.resolved', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM publicity_resolved WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'recovery.received', source, area, occurredOnDay, amountFen
FROM recovery_received WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'referral.filed', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM referral_filed WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'resolution.adopted', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM resolution_adopted WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'review.concluded', source, area, occurredOnDay, reviewedFen
FROM review_concluded WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'source.totalled', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM source_totalled WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'subsidy.requested', source, area, occurredOnDay, amountFen
FROM subsidy_requested WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'warning.answered', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM warning_answered WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
UNION ALL
SELECT seq, 'warning.raised', source, area, occurredOnDay, CAST(NULL AS BIGINT)
FROM warning_raised WHERE ledger = :ledger AND area >= :areaFrom AND area < :areaTo
) AS r
WHERE r.day <= :toDay
  AND r.day >= (SELECT COALESCE(MIN(t.periodFromDay), :fromDay) FROM stated AS t
                WHERE t.periodFromDay < :fromDay
                  AND t.periodToDay >= :fromDay AND t.periodToDay <= :toDay)

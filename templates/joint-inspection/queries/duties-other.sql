-- Records of a department while the function was assigned to others only.
SELECT a.seq, a.dutySeq, a.area, a.recordKind, a.department, a.assignedTo,
       MIN(a.occurredOn) OVER (
         PARTITION BY a.area, a.recordKind, a.department, a.assignedTo) AS firstOn,
       MAX(a.occurredOn) OVER (
         PARTITION BY a.area, a.recordKind, a.department, a.assignedTo) AS lastOn
FROM acts AS a
WHERE a.duty = 'other'

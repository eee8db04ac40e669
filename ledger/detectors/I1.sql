/*
id: I1
title: {zh: 身份证件号码有误, en: Identity number unsound}
grades: [F]
method: contradiction
why:
  zh: 校验码不符、出生日期不存在，或与所报出生日期、性别矛盾的号码，可能是虚构或冒用的身份。
  en: A number whose check digit, date of birth or sex is wrong or contradicts what is stated may be invented or another person's.
basis: []
contradiction: true
examines: [person.registered]
parameters: {}
exclusions:
  zh: 护照、出生证等无法校验的证件；后来更正的（以最近一次登记为准）；已并入正确号码的人员。
  en: Documents that cannot be checked, as passports and birth certificates; numbers corrected since, for the latest registration counts; persons merged into the right number.
example:
  zh: 校验码应为5而录为6：确认。更正后重新登记为5：不再列出。
  en: A check digit of 6 that should be 5 is shown; registered again with 5 it no longer is.
next:
  zh: 向公安户籍核对，更正号码或移送冒用线索。
  en: Compare with the register of residents; correct the number or pass on what points to fraud.
department: medical-security
key: [person]
entries: [registration]
subjects: {person: person}
figures:
  - {id: idType, type: code, codes: id-type, zh: 证件类型, en: Type of document}
  - {id: version, type: count, zh: 登记版本, en: Version of the particulars}
*/
WITH latest AS (
  SELECT r.person, r.seq, r.area, r.occurredOnDay, r.idType, r.idCheck, r.version,
    ROW_NUMBER() OVER (PARTITION BY r.person ORDER BY r.version DESC, r.seq DESC) AS place
  FROM person_registered AS r
  WHERE +r.ledger = :ledger
)
SELECT l.person, l.seq AS registration, l.area, l.occurredOnDay AS day, l.idType, l.version
FROM latest AS l
WHERE l.place = 1 AND l.idCheck = 'invalid'
  AND l.person NOT IN (SELECT person FROM kept_person WHERE kept <> person)

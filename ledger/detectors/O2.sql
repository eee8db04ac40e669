/*
id: O2
title: {zh: 首两位数字分布异常（本福特）, en: First two digits not as expected (Benford)}
grades: [S]
method: digits
why:
  zh: 跨多个数量级的自然金额，首两位数字服从本福特分布；编造或按限额凑出的金额往往不服从。
  en: Amounts that arise by themselves over several orders of magnitude follow Benford's law in their first two digits; amounts made up, or made to fit a limit, often do not.
basis: []
examines: [claim.settled]
parameters:
  n: {default: 1000, unit: count, source: auditors-default, zh: 最少金额个数, en: Fewest figures}
  mad: {default: 220, unit: hundred-thousandths, source: auditors-default, zh: 平均绝对偏差（自此为不符合）, en: "Mean absolute deviation, nonconforming from"}
  deviations: {default: 5, unit: count, source: auditors-default, zh: 至少一组数字超出的标准差倍数, en: Standard deviations by which some pair is too many}
  chance: {default: 100, unit: hundred-thousandths, source: auditors-default, zh: 卡方出于偶然的概率上限, en: Highest likelihood of such a chi-square by chance}
exclusions:
  zh: 没有哪组首两位数字超出五个标准差的，以及卡方出于偶然的概率超过千分之一的（金额刚过千个时，仅凭偶然平均绝对偏差即约0.0025，见README“偶然”）；不足1000个金额的机构；不足1角（10分）的金额；药店购药（零售价格集中，天然不符合）。平均绝对偏差低于0.0022（Nigrini：0.0012以下吻合、0.0018以下可接受、0.0022以下勉强）的不列。
  en: No pair of digits five standard deviations too many, or a chi-square that chance exceeds more than once in a thousand times (of a thousand figures chance alone makes a mean absolute deviation of 0.0025; README, Chance); institutions with fewer than 1,000 figures; amounts below ten fen; medicine bought at a pharmacy, where prices crowd by nature. A mean absolute deviation under 0.0022 is let pass (Nigrini, close below 0.0012, acceptable below 0.0018, marginal below 0.0022).
example:
  zh: 某院一千多笔总费用，首两位为98、99的占一成：不符合。
  en: A hospital with over a thousand bills of which a tenth begin with 98 or 99 does not conform.
next:
  zh: 看哪几个首两位数字过多，抽查这些金额的明细。
  en: See which digits are too many, and read those bills.
department: medical-security
key: [groupKey]
entries: [designation]
subjects: {institution: institution}
figures:
  - {id: n, type: count, zh: 金额个数, en: Figures}
  - {id: mad, type: hundred-thousandths, zh: 平均绝对偏差, en: Mean absolute deviation}
  - {id: chiSquare, type: thousandths, zh: 卡方（自由度 89）, en: "Chi-square, 89 degrees of freedom"}
  - {id: digits, type: text, zh: 突出的首两位, en: Digits that stick out}
step: benford
*/
WITH designated AS MATERIALIZED (
  SELECT institution_code AS code, MAX(seq) AS designation
  FROM live_institution_designated
  WHERE +ledger = :ledger
  GROUP BY institution_code
), counted AS MATERIALIZED (
  SELECT institution, CAST(SUBSTR(CAST(amounts_totalFen AS TEXT), 1, 2) AS BIGINT) AS firstTwo,
    COUNT(*) AS count, MAX(occurredOnDay) AS day
  FROM live_claim_settled
  WHERE +ledger = :ledger AND visit_type <> 'pharmacy' AND amounts_totalFen >= 10
  GROUP BY institution, CAST(SUBSTR(CAST(amounts_totalFen AS TEXT), 1, 2) AS BIGINT)
), law (firstTwo, share) AS (
  -- Of 100,000 figures so many begin with these two digits: log10(1 + 1 / digits).
  VALUES
    (10, 4139), (11, 3779), (12, 3476), (13, 3218), (14, 2996), (15, 2803), (16, 2633), (17,
    2482), (18, 2348), (19, 2228), (20, 2119), (21, 2020), (22, 1931), (23, 1848), (24, 1773),
    (25, 1703), (26, 1639), (27, 1579), (28, 1524), (29, 1472), (30, 1424), (31, 1379), (32,
    1336), (33, 1296), (34, 1259), (35, 1223), (36, 1190), (37, 1158), (38, 1128), (39, 1100),
    (40, 1072), (41, 1047), (42, 1022), (43, 998), (44, 976), (45, 955), (46, 934), (47, 914),
    (48, 895), (49, 877), (50, 860), (51, 843), (52, 827), (53, 812), (54, 797), (55, 783), (56,
    769), (57, 755), (58, 742), (59, 730), (60, 718), (61, 706), (62, 695), (63, 684), (64,
    673), (65, 663), (66, 653), (67, 643), (68, 634), (69, 625), (70, 616), (71, 607), (72,
    599), (73, 591), (74, 583), (75, 575), (76, 568), (77, 560), (78, 553), (79, 546), (80,
    540), (81, 533), (82, 526), (83, 520), (84, 514), (85, 508), (86, 502), (87, 496), (88,
    491), (89, 485), (90, 480), (91, 475), (92, 470), (93, 464), (94, 460), (95, 455), (96,
    450), (97, 445), (98, 441), (99, 436)
), summed AS MATERIALIZED (
  SELECT institution, MAX(day) AS day, CAST(SUM(count) AS BIGINT) AS n
  FROM counted
  GROUP BY institution
), odd AS MATERIALIZED (
  -- Where a pair lies so many standard deviations above the law: (c - np)^2 > z^2 np(1 - p).
  SELECT s.institution, MAX(s.day) AS day, MAX(s.n) AS n
  FROM summed AS s
  JOIN counted AS c ON c.institution = s.institution
  JOIN law AS b ON b.firstTwo = c.firstTwo
  WHERE c.count * 100000 > s.n * b.share
    AND ((c.count * 100000 - s.n * b.share) / 1000) * ((c.count * 100000 - s.n * b.share) / 1000)
      > :deviations * :deviations * (s.n * b.share / 1000) * ((100000 - b.share) / 1000)
  GROUP BY s.institution
)
SELECT c.institution AS groupKey, c.institution, d.designation, i.area, o.day, c.firstTwo, c.count,
  o.n
FROM counted AS c
JOIN odd AS o ON o.institution = c.institution
JOIN institution AS i ON i.code = c.institution
JOIN designated AS d ON d.code = c.institution

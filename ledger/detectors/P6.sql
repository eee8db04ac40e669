/*
id: P6
title: {zh: 配套资金不足, en: Matching funds too low}
grades: [F]
method: threshold
why:
  zh: 市、旗县财政每年按常住人口人均不低于60元安排医疗救助资金，市级承担2成，不足部分由旗县兜底。
  en: City and county owe the fund at least 60 yuan a resident each year, two parts of ten from the city; what is short the county makes good.
basis: [T13, T14]
examines: [fund.received]
topics: [matching-funds, matching-share]
asks: [resident-population]
parameters: {}
exclusions:
  zh: 中央、省级资金不计入；年度未结束的不判；恰为60元或恰为2成的；旗县兜底使市级占比降低而市级已足2成应筹数的。市级不足已含在总额不足之内的部分，不重复计入涉及金额。规定的常住人口超过100亿人的，视为没有规定。
  en: Central and provincial money does not count; a year that is not over is not judged; exactly 60 yuan or two parts of ten are sound; so is a lower share that comes only of the county's making good. What the city lacks counts in the amount in question only so far as it is more than what is lacking altogether. A population of more than ten thousand million is taken for none laid down.
example:
  zh: 常住人口1万人，应筹60万元，市级应出12万元。市县合计599,999.99元：不足。市级119,999.99元：不足。
  en: 10,000 residents are owed 600,000 yuan, 120,000 of it by the city. 599,999.99 together is too little, and so is 119,999.99 from the city.
next:
  zh: 提请财政部门补足；核对资金到账凭证和所属年度。
  en: Ask the finance departments to make it good; check the receipts and the year that they are for.
department: finance
key: [county, year, clause]
entries: [receipt]
subjects: {}
amount: shortFen
figures:
  - {id: year, type: year, zh: 年度, en: Year}
  - {id: residents, type: count, zh: 常住人口, en: Residents}
  - {id: owedFen, type: fen, zh: 应筹金额, en: Owed}
  - {id: receivedFen, type: fen, zh: 实筹金额, en: Received}
*/
WITH receipt AS MATERIALIZED (
  SELECT seq, COALESCE(forArea, area) AS county, year, fundSource, amountFen
  FROM live_fund_received
  WHERE +ledger = :ledger AND fund = 'medical-aid'
), asked AS (
  SELECT county, year FROM receipt
  UNION
  SELECT area, year FROM live_parameter_set
  WHERE ledger = :ledger AND name = 'resident-population' AND year IS NOT NULL
), owing AS MATERIALIZED (
  SELECT DISTINCT r.county, r.year, p.provision, p.rule, p.fen
  FROM asked AS r
  CROSS JOIN latest_day AS t
  JOIN area_within AS w ON w.area = r.county
  JOIN provision AS p ON p.area = w.within AND p.topic = 'matching-funds'
  WHERE SUBSTR(r.county, 5, 2) <> '00'
    -- 1 January of the year, and of the next: 365.25 days, rounded down, from that of 1972 on.
    AND p.fromDay <= 730 + ((r.year - 1972) * 1461 + 3) / 4
    AND t.day >= 730 + ((r.year - 1971) * 1461 + 3) / 4 - 1
), share AS (
  SELECT o.county, o.year, p.provision, p.rule, p.basisPoints
  FROM owing AS o
  JOIN area_within AS w ON w.area = o.county
  JOIN provision AS p ON p.area = w.within AND p.topic = 'matching-share'
    AND p.fromDay <= 730 + ((o.year - 1972) * 1461 + 3) / 4
  WHERE EXISTS (
    SELECT 1 FROM provision_code AS c
    WHERE c.provision = p.provision AND c.member = 'fund-source' AND c.code = 'city')
), population AS MATERIALIZED (
  SELECT area, year, valueCount
  FROM (
    SELECT p.area, p.year, p.valueCount,
      ROW_NUMBER() OVER (
        PARTITION BY p.area, p.year
        ORDER BY COALESCE(p.validFromDay, 0) DESC, p.occurredOnDay DESC, p.source DESC, p.id DESC)
        AS place
    FROM live_parameter_set AS p
    WHERE +p.ledger = :ledger AND p.name = 'resident-population' AND p.year IS NOT NULL
      -- More people than the earth has are none.
      AND p.valueCount <= 10000000000) AS stated
  WHERE place = 1
), pooled AS MATERIALIZED (
  SELECT DISTINCT county, year FROM receipt
  WHERE SUBSTR(county, 5, 2) = '00' AND fundSource IN ('city', 'county')
), given AS MATERIALIZED (
  SELECT o.county, o.year,
    CAST(SUM(CASE WHEN fundSource IN ('city', 'county') THEN amountFen ELSE 0 END) AS BIGINT)
      AS bothFen,
    CAST(SUM(CASE WHEN fundSource = 'city' THEN amountFen ELSE 0 END) AS BIGINT) AS cityFen
  FROM owing AS o
  LEFT JOIN receipt AS r ON r.county = o.county AND r.year = o.year
  WHERE NOT EXISTS (
    SELECT 1 FROM pooled AS b
    WHERE b.year = o.year AND b.county = SUBSTR(o.county, 1, 4) || '00')
  GROUP BY o.county, o.year
), short AS (
  SELECT o.county, o.year, o.rule, p.valueCount AS residents, o.fen * p.valueCount AS owedFen,
    g.bothFen AS receivedFen, 0 AS alreadyFen, 0 AS cityOnly
  FROM owing AS o
  JOIN given AS g ON g.county = o.county AND g.year = o.year
  JOIN population AS p ON p.area = o.county AND p.year = o.year
  WHERE g.bothFen < o.fen * p.valueCount
  UNION ALL
  SELECT o.county, o.year, s.rule, p.valueCount,
    (o.fen * p.valueCount / 10000) * s.basisPoints
      + (o.fen * p.valueCount % 10000) * s.basisPoints / 10000,
    g.cityFen,
    CASE WHEN g.bothFen < o.fen * p.valueCount THEN o.fen * p.valueCount - g.bothFen ELSE 0 END, 1
  FROM owing AS o
  JOIN share AS s ON s.county = o.county AND s.year = o.year
  JOIN given AS g ON g.county = o.county AND g.year = o.year
  JOIN population AS p ON p.area = o.county AND p.year = o.year
  WHERE g.cityFen < (o.fen * p.valueCount / 10000) * s.basisPoints
    + ((o.fen * p.valueCount % 10000) * s.basisPoints + 9999) / 10000
)
SELECT s.county, s.year, s.rule AS clause, s.rule, r.seq AS receipt, s.county AS area,
  730 + ((s.year - 1971) * 1461 + 3) / 4 - 1 AS day, s.residents, s.owedFen, s.receivedFen,
  CASE WHEN s.owedFen - s.receivedFen > s.alreadyFen
    THEN s.owedFen - s.receivedFen - s.alreadyFen ELSE 0 END AS shortFen, NULL AS missing
FROM short AS s
LEFT JOIN receipt AS r ON r.county = s.county AND r.year = s.year
  AND (r.fundSource = 'city' OR (r.fundSource = 'county' AND s.cityOnly = 0))
UNION ALL
SELECT o.county, o.year, o.rule, o.rule, NULL, o.county, NULL, NULL, NULL, NULL, NULL,
  'parameter resident-population year ' || o.year || ' area ' || o.county
FROM owing AS o
LEFT JOIN population AS p ON p.area = o.county AND p.year = o.year
WHERE p.area IS NULL
UNION ALL
SELECT o.county, o.year, o.rule, o.rule, NULL, o.county, NULL, NULL, NULL, NULL, NULL,
  'record fund.received year ' || o.year || ' area ' || b.county
FROM owing AS o
JOIN pooled AS b ON b.year = o.year AND b.county = SUBSTR(o.county, 1, 4) || '00'

SELECT b.seq, b.area, b.purpose, b.amountFen FROM annual_budget AS b

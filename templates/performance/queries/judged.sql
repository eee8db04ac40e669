SELECT j.seq, j.area, j.category, j.inOrder, 1 AS judged FROM judged AS j

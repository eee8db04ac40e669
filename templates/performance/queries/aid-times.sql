SELECT a.seq, a.person FROM aid AS a WHERE a.day >= :fromDay AND a.day <= :toDay

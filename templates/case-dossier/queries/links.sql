-- Who is linked with whom, and the entries that say so; what says most comes first.
SELECT e.seq, l.link, l.step, l.first, l.firstWords, l."by", l.byWords, l.shared, l.sharedWords,
  l.second, l.secondWords
FROM matter_link AS l
LEFT JOIN matter_link_entry AS e ON e.link = l.link

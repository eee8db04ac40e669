SELECT l.seq, l.enrolmentSeq, l.area, l.category, l.person, l.enrolledPerson FROM listed AS l

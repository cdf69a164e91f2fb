def ordered(student, values):
    return student.in_order(values)

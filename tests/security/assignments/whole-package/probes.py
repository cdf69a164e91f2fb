def slope(student, x):
    return student.slope(x)

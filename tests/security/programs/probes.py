"""What the judge may ask of a submission; all of it is visible to the one who attacks."""


def count(student, n):
    return student.count(n)

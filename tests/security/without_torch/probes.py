"""What the judge may ask of a submission."""


def call(student, name, *args):
    return student[name](*args)

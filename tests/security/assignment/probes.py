"""What the judge may ask of a submission; all of it is visible to the one who attacks."""


def call(student, name, *args):
    return student[name](*args)


def construct(student, x):
    return student.Layer()(x)

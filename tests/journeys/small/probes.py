"""Как проверка вызывает ваш код."""


def forward(student, name, x):
    """`MyReLU()(x)`"""
    return student[name]()(x)

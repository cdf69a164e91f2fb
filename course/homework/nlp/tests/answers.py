"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""


def came(answer):
    """Что пришло вместо нужного."""
    if answer is None:
        return "None: не забыт ли return?"
    return f"{len(answer)}" if isinstance(answer, tuple | list) else type(answer).__name__


def moved(first, second, axes):
    """Наибольшая разница двух ответов вдоль осей `axes`."""
    return (first - second).abs().amax(axes)

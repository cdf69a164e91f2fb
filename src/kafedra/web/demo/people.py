"""Who takes part in the example run. All of them are made up."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "kafedra-demo"  # noqa: S105  # everybody's, printed on the screen


@dataclass(frozen=True, slots=True)
class Person:
    """A login and a name."""

    login: str
    name: str


INSTRUCTOR = Person("sokolova", "Марина Соколова")
ASSISTANT = Person("belov", "Тимур Белов")

STUDENTS = (
    Person("a-kuznetsova", "Анна Кузнецова"),
    Person("d-morozov", "Дмитрий Морозов"),
    Person("e-vasileva", "Елена Васильева"),
    Person("i-gusev", "Илья Гусев"),
    Person("k-zaytseva", "Ксения Зайцева"),
    Person("m-fedorov", "Максим Фёдоров"),
    Person("n-orlova", "Наталья Орлова"),
    Person("p-lebedev", "Павел Лебедев"),
    Person("s-nikitina", "Софья Никитина"),
    Person("t-akhmetov", "Тагир Ахметов"),
    Person("v-egorova", "Варвара Егорова"),
    Person("a-romanov", "Артём Романов"),
    Person("d-kim", "Диана Ким"),
    Person("g-sarkisyan", "Георгий Саркисян"),
    Person("l-pavlova", "Лидия Павлова"),
    Person("n-tikhonov", "Никита Тихонов"),
    Person("o-melnik", "Ольга Мельник"),
    Person("r-shcherbakov", "Роман Щербаков"),
    Person("u-galieva", "Ульяна Галиева"),
    Person("ya-voronin", "Яков Воронин"),
    Person("z-ibragimova", "Зарина Ибрагимова"),
    Person("f-kovalev", "Фёдор Ковалёв"),
    Person("e-stepanova", "Ева Степанова"),
    Person("m-danilov", "Мирон Данилов"),
)

"""What the engine itself says to a student, in Russian and English: one text per situation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kafedra.course import Language

_TEXTS: Final[dict[str, dict[Language, str]]] = {
    "missing": {
        "ru": "{names}: нет такого определения. Объявите его на верхнем уровне ноутбука",
        "en": "{names}: not defined. Define it at the top level of the notebook",
    },
    "missing_in_file": {
        "ru": "{names}: нет такого определения. Объявите его на верхнем уровне файла",
        "en": "{names}: not defined. Define it at the top level of the file",
    },
    "in_skipped": {
        "ru": "{why}. В этой ячейке определяется {names}",
        "en": "{why}. That cell defines {names}",
    },
    "in_skipped_of_file": {
        "ru": "{why}. Там определяется {names}",
        "en": "{why}. {names} is defined there",
    },
    "forbidden": {
        "ru": "{name} использует {api}{place}: в этом задании так нельзя",
        "en": "{name} uses {api}{place}: not allowed in this assignment",
    },
    "forbidden_call": {
        "ru": "код вызывает {api}: в этом задании так нельзя",
        "en": "the code calls {api}: not allowed in this assignment",
    },
    "byway": {
        "ru": "{what}{place}: так можно обойти запреты этого задания, и эту строку прочитает проверяющий",
        "en": "{what}{place}: this can get around what the assignment forbids, so whoever reviews it reads this line",
    },
    "not_written": {
        "ru": "ещё не написано{place}: raise NotImplementedError ждёт вашего кода",
        "en": "not written yet{place}: raise NotImplementedError is waiting for your code",
    },
    "error": {"ru": "ваш код завершился исключением {error}", "en": "your code raised {error}"},
    "not_plain": {
        "ru": "результат не передать на проверку: {text}",
        "en": "the result cannot be handed to the judge: {text}",
    },
    "timeout": {
        "ru": "не уложилось в {limit} с: бесконечный цикл или слишком медленный код?",
        "en": "took longer than {limit} s: an endless loop, or code that is too slow?",
    },
    "timeout_before": {
        "ru": "{names}: половина общего времени ушла на тесты выше, где ответа не дождались. Этот не запускался",
        "en": "{names}: half of the time for all tests went on those above that got no answer. This one was not run",
    },
    "total_timeout": {
        "ru": "общее время проверки ({limit} с) вышло на предыдущих тестах",
        "en": "the time for all tests ({limit} s) was used up by earlier ones",
    },
    "memory": {
        "ru": "не хватило памяти: на всё даётся {limit} МБ",
        "en": "out of memory: {limit} MB in all",
    },
    "crashed": {"ru": "процесс с вашим кодом завершился", "en": "the process with your code ended"},
    "too_deep": {
        "ru": "выражения вложены слишком глубоко, такого кода человек не пишет",
        "en": "expressions are nested too deeply; people do not write such code",
    },
    "crashed_exit": {
        "ru": "процесс с вашим кодом завершился сам (код {code}): не вызывайте exit() и os._exit()",
        "en": "the process with your code ended by itself (code {code}): do not call exit() or os._exit()",
    },
    "crashed_signal": {
        "ru": "процесс с вашим кодом аварийно завершился (сигнал {signal})",
        "en": "the process with your code was killed (signal {signal})",
    },
    "crashed_channel": {
        "ru": "код нарушил обмен с проверкой; ответы на него не принимаются",
        "en": "the code broke the exchange with the judge; its answers are not taken",
    },
    "statement_slow": {
        "ru": "{place}: «{text}» выполняется дольше {value} с: бесконечный цикл или обучение вне функции?",
        "en": "{place}: “{text}” takes longer than {value} s: an endless loop, or training outside of a function?",
    },
    "statement_memory": {
        "ru": "{place}: «{text}» не хватает памяти: на всё даётся {value} МБ",
        "en": "{place}: “{text}” runs out of memory: {value} MB in all",
    },
    "statement_exits": {
        "ru": "{place}: «{text}» завершает процесс (код {value})",
        "en": "{place}: “{text}” ends the process (code {value})",
    },
    "statement_signal": {
        "ru": "{place}: «{text}» аварийно завершает процесс (сигнал {value})",
        "en": "{place}: “{text}” crashes the process (signal {value})",
    },
    "statement_ends": {
        "ru": "{place}: «{text}» завершает процесс",
        "en": "{place}: “{text}” ends the process",
    },
    "statement_raises": {
        "ru": "{place}: «{text}» завершается исключением {value}",
        "en": "{place}: “{text}” raises {value}",
    },
    "lost": {
        "ru": "{what}\nБез этого не загрузить {name}; определения, которым эта строка не нужна, проверены",
        "en": "{what}\n{name} can't be loaded without it; definitions that don't need this line were tested",
    },
    "left_out": {
        "ru": "{what}. При проверке эта строка пропущена",
        "en": "{what}. It was left out when grading",
    },
    "no_module": {
        "ru": "При проверке модуля {name} нет: файлы рядом с ноутбуком не берутся, код должен быть в нём самом. "
        "Из чужих пакетов есть {has}",
        "en": "There is no module {name} when grading: files beside the notebook are not taken, the code has to be in "
        "it. Of other people's packages there are {has}",
    },
    "no_module_in_file": {
        "ru": "При проверке модуля {name} нет: файлы рядом с {file} не берутся, код должен быть в нём самом. "
        "Из чужих пакетов есть {has}",
        "en": "There is no module {name} when grading: files beside {file} are not taken, the code has to be in it. "
        "Of other people's packages there are {has}",
    },
    "no_module_among": {
        "ru": "При проверке модуля {name} нет: сдаются только {files}. Из чужих пакетов есть {has}",
        "en": "There is no module {name} when grading: only {files} are handed in. Of other people's packages there "
        "are {has}",
    },
    "no_such_data": {
        "ru": "Файла {name} при проверке нет: есть только {has}, а скачать ничего нельзя",
        "en": "There is no file {name} when grading, only {has}, and nothing can be downloaded",
    },
    "no_data": {
        "ru": "Файла {name} при проверке нет: файлов здесь никаких, и скачать ничего нельзя. "
        "Решение не должно на них опираться",
        "en": "There is no file {name} when grading: there are no files at all, and nothing can be downloaded. "
        "The solution must not rest on them",
    },
    "nobody_types": {
        "ru": "При проверке никто ничего не вводит: вместо input() напишите само значение",
        "en": "Nobody types anything when grading: write the value in place of input()",
    },
    "ends_itself": {
        "ru": "Код завершает программу сам: exit(), sys.exit() или argparse. Уберите этот вызов",
        "en": "The code ends the program itself, by exit(), sys.exit() or argparse. Remove that call",
    },
    "no_gpu": {
        "ru": 'На сервере нет GPU. Выбирайте устройство так: device = "cuda" if torch.cuda.is_available() else "cpu"',
        "en": "The server has no GPU. Choose the device like this: "
        'device = "cuda" if torch.cuda.is_available() else "cpu"',
    },
    "no_workers": {
        "ru": "При проверке у процессов нет общей памяти: пишите num_workers=0 и обойдитесь без multiprocessing",
        "en": "Processes share no memory when grading: write num_workers=0, and do without multiprocessing",
    },
    "no_network": {
        "ru": "При проверке сети нет: ничего не скачать. Решение должно обходиться без этого",
        "en": "There is no network when grading, and nothing can be downloaded. The solution has to do without",
    },
    "no_programs": {
        "ru": "При проверке других программ не запустить. Решение должно обходиться без этого",
        "en": "No other programs can be started when grading. The solution has to do without",
    },
    "takes_network": {
        "ru": "При проверке сети нет, а код{place} в неё выходит: {name}. Что скачалось здесь, на сервере не скачается",
        "en": "There is no network when grading, and the code{place} uses it: {name}. What was downloaded here is not "
        "there",
    },
    "takes_downloaded": {
        "ru": "{name}{place} читает скачанное на этот компьютер, а на сервере его нет и скачать его нельзя",
        "en": "{name}{place} reads what was downloaded to this computer; the server does not have it and can't "
        "download it",
    },
    "takes_address": {
        "ru": "При проверке сети нет, а {name}{place} получает адрес: если по нему что-то скачивается, на сервере "
        "это не выйдет",
        "en": "There is no network when grading, and {name}{place} is given an address: if something is downloaded "
        "from it, that will fail on the server",
    },
    "takes_programs": {
        "ru": "При проверке других программ не запустить, а код{place} их запускает: на сервере это не выйдет",
        "en": "No other programs can be started when grading, and the code{place} does: on the server that will fail",
    },
    "takes_variables": {
        "ru": "Переменных окружения при проверке нет, а код{place} их читает",
        "en": "There are no environment variables when grading, and the code{place} reads them",
    },
    "takes_file": {
        "ru": "Файл {name} есть только здесь, на сервере его нет, а код{place} его называет",
        "en": "The file {name} is here alone, not on the server, and the code{place} names it",
    },
    "other_versions": {
        "ru": "Здесь {here}, а на сервере {there}: ответы могут разойтись",
        "en": "Here is {here}, on the server {there}: answers may differ",
    },
    "elsewhere": {
        "ru": "Проверяется только {notebook}, а код есть и здесь: {files}. Перенесите его в ноутбук",
        "en": "Only {notebook} is graded, and there is code in {files}, too. Move it into the notebook",
    },
    "elsewhere_than_file": {
        "ru": "Проверяется только {notebook}, а код есть и здесь: {files}. Перенесите его туда",
        "en": "Only {notebook} is graded, and there is code in {files}, too. Move it there",
    },
    "newer_python": {
        "ru": "Здесь Python {here}, а на сервере {there}: чего в нём ещё нет, там не запустится",
        "en": "Here runs Python {here}, on the server {there}: what that doesn't have yet will not run there",
    },
    "newer_syntax": {
        "ru": "На сервере Python {there}, а здесь{place} синтаксис новее: там эта ячейка не прочитается",
        "en": "The server has Python {there}, and here{place} is newer syntax: it can't be read there",
    },
    "absent": {
        "ru": "На сервере нет {names}: решение там без этого не запустится. Обойдитесь тем, что есть, или попросите "
        "преподавателя поставить",
        "en": "The server has no {names}: the solution will not run there. Do with what there is, or ask the "
        "instructor to install it",
    },
    "unpromised": {
        "ru": "Задание не обещает, что на сервере есть {names}: без них решение там не запустится",
        "en": "The assignment does not promise that the server has {names}: without them the solution will not run",
    },
    "unseen": {
        "ru": "проба {probe} берёт {name} так, что по её тексту этого не видно, и запрещённое в тексте {name} "
        "не заметят. Напишите student.{name} или передайте имя строкой",
        "en": "probe {probe} takes {name} in a way that its text does not show, so nobody looks for what is forbidden "
        "in the text of {name}: write student.{name}, or pass the name as a string",
    },
    "hidden": {
        "ru": "скрытый тест не пройден",
        "en": "this hidden test did not pass",
    },
    "unusable": {"ru": "посылку не удалось прочитать: {why}", "en": "the submission cannot be read: {why}"},
    "no_file": {
        "ru": "в посылке нет файла {name}",
        "en": "the submission has no file {name}",
    },
    "too_large": {
        "ru": "файлы посылки больше {limit} МБ",
        "en": "the submission's files are larger than {limit} MB",
    },
    "no_such_file": {
        "ru": "{names}: такого файла в посылке нет, а сдать нужно и его",
        "en": "{names}: not in the submission, and it has to be handed in, too",
    },
    "forbidden_file": {
        "ru": "{file}, строка {line}, использует {api}: в этом задании так нельзя",
        "en": "{file}, line {line}, uses {api}: not allowed in this assignment",
    },
    "file_line": {"ru": "{file}, строка {line}", "en": "{file}, line {line}"},
    "top_level": {"ru": "верхний уровень", "en": "top level"},
}


def text(key: str, language: Language, **values: object) -> str:
    """The text named ``key``, filled in."""
    return _TEXTS[key][language].format(**values)

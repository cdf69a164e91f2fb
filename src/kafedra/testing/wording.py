"""The words of a failed check, in the language of the course.

The judge sets the language once, before the tests run; a test author never needs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kafedra.course import Language

_TEXTS: Final[dict[str, dict[Language, str]]] = {
    "nothing": {
        "ru": "{call} ничего не возвращает (None): нет return?",
        "en": "{call} returns nothing (None): is a return missing?",
    },
    "not_tensor": {
        "ru": "{call}: ожидался тензор, пришло {kind}",
        "en": "{call}: expected a tensor, got {kind}",
    },
    "not_array": {
        "ru": "{call}: ожидался массив numpy, пришло {kind}",
        "en": "{call}: expected a numpy array, got {kind}",
    },
    "not_number": {
        "ru": "{call}: ожидалось число, пришло {kind}",
        "en": "{call}: expected a number, got {kind}",
    },
    "not_list": {
        "ru": "{call}: ожидался список, пришло {kind}",
        "en": "{call}: expected a list, got {kind}",
    },
    "not_tuple": {
        "ru": "{call}: ожидался кортеж, пришло {kind}",
        "en": "{call}: expected a tuple, got {kind}",
    },
    "not_dict": {
        "ru": "{call}: ожидался словарь, пришло {kind}",
        "en": "{call}: expected a dict, got {kind}",
    },
    "not_text": {
        "ru": "{call}: ожидалась строка, пришло {kind}",
        "en": "{call}: expected a string, got {kind}",
    },
    "not_parts": {
        "ru": "{call}: ожидалось значений: {count}{what}, пришло {kind}",
        "en": "{call}: expected {count} values{what}, got {kind}",
    },
    "part_count": {
        "ru": "{call}: ожидалось значений: {count}{what}, пришло {got}",
        "en": "{call}: expected {count} values{what}, got {got}",
    },
    "length": {
        "ru": "{call}: элементов {got} вместо {want}",
        "en": "{call}: {got} elements instead of {want}",
    },
    "missing_keys": {
        "ru": "{call}: нет ключей {keys}",
        "en": "{call}: the keys {keys} are missing",
    },
    "extra_keys": {
        "ru": "{call}: лишние ключи {keys}",
        "en": "{call}: the keys {keys} should not be there",
    },
    "text": {
        "ru": "{call}: текст не тот, начиная со строки {line}, символа {column}: получено {got}, ожидалось {want}",
        "en": "{call}: the text differs from line {line}, character {column} on: got {got}, expected {want}",
    },
    "shape": {
        "ru": "{call}: форма {got} вместо {want}",
        "en": "{call}: shape {got} instead of {want}",
    },
    "dtype": {
        "ru": "{call}: тип {got} вместо {want}",
        "en": "{call}: dtype {got} instead of {want}",
    },
    "nan": {
        "ru": "{call}: в ответе NaN ({count} из {total}), а должно быть число",
        "en": "{call}: NaN in the result ({count} of {total}) where a number was expected",
    },
    "infinite": {
        "ru": "{call}: в ответе бесконечность ({count} из {total}), а должно быть конечное число",
        "en": "{call}: infinity in the result ({count} of {total}) where a finite number was expected",
    },
    "values": {
        "ru": "{call}: значения не совпали с ожидаемыми",
        "en": "{call}: the values differ from the expected ones",
    },
    "not_equal": {
        "ru": "{call}: получено {got}, ожидалось {want}",
        "en": "{call}: got {got}, expected {want}",
    },
    "not_raised": {
        "ru": "{call}: ожидалось исключение {kinds}, а его не было",
        "en": "{call}: expected {kinds} to be raised, and it was not",
    },
    "outside": {
        "ru": "{call}: {what} = {got}, а должно лежать от {low} до {high}",
        "en": "{call}: {what} = {got}, which should lie between {low} and {high}",
    },
    "unexpected": {
        "ru": "ответ не того вида, которого ждёт тест ({error})",
        "en": "the result is not of the kind that the test expects ({error})",
    },
    "call": {"ru": "вызов: {call}", "en": "called: {call}"},
    "input": {"ru": "вход {name}: {form}", "en": "input {name}: {form}"},
    "worst": {
        "ru": "наибольшая ошибка {error}{place}: получено {got}, ожидалось {want}",
        "en": "largest error {error}{place}: got {got}, expected {want}",
    },
    "place": {"ru": " в позиции {index}", "en": " at {index}"},
    "worst_input": {"ru": "там вход {name} = {value}", "en": "there input {name} = {value}"},
    "mismatched": {
        "ru": "не совпало {count} из {total}",
        "en": "{count} of {total} elements differ",
    },
    "touched": {
        "ru": "{call}: вход{number} после вызова не тот, что до него",
        "en": "{call}: the input{number} is not what it was before the call",
    },
    "input_after": {"ru": "вход после вызова", "en": "the input after the call"},
    "written": {
        "ru": "{call}: во вход писали на месте, раз: {count}",
        "en": "{call}: the input was written to in place, times: {count}",
    },
    "why_touched": {
        "ru": "вход изменён на месте (x[...] = ..., x *= ..., x.clamp_(), x.sort()): он ещё понадобится другим",
        "en": "the input is changed in place (x[...] = ..., x *= ..., x.clamp_(), x.sort()); others still need it",
    },
    "no_gradient": {
        "ru": "{call}: градиент не доходит до входа x, {form}",
        "en": "{call}: no gradient arrives at the input x, {form}",
    },
    "why_no_gradient": {
        "ru": "ответ оторван от графа вычислений — .detach(), .data, numpy, torch.no_grad() или torch.tensor(...)",
        "en": "the result is cut off from the graph: .detach(), .data, numpy, torch.no_grad() or torch.tensor(...)",
    },
    "gradient_of": {"ru": "градиент {call}", "en": "gradient of {call}"},
    "bypass": {
        "ru": "other + {call}: градиент по other, соседу по сумме",
        "en": "other + {call}: gradient by other, its neighbour in the sum",
    },
    "why_bypass": {
        "ru": "backward пишет прямо в пришедший сверху градиент, а он нужен и другим; скопируйте его: grad.clone()",
        "en": "backward writes into the gradient that came from above, and others need it: clone() it first",
    },
    "not_run": {
        "ru": "{call}: ожидалось, чем кончилась программа, пришло {kind}",
        "en": "{call}: expected how a program ended, got {kind}",
    },
    "no_end": {
        "ru": "{call}: программа не завершилась за отведённое время",
        "en": "{call}: the program did not end in its time",
    },
    "signal": {
        "ru": "{call}: программа аварийно завершилась (сигнал {got}), ожидался код {want}",
        "en": "{call}: the program was killed by signal {got}, expected exit status {want}",
    },
    "status": {
        "ru": "{call}: код завершения {got}, ожидался {want}",
        "en": "{call}: exit status {got}, expected {want}",
    },
    "no_number_in": {
        "ru": "{call}: ожидались числа, а напечатано «{word}»",
        "en": "{call}: expected numbers, and it prints “{word}”",
    },
    "rounded": {
        "ru": "точность как у float32: верны семь цифр из шестнадцати. Где-то по дороге тип стал float32 — .float(), "
        "torch.tensor(0.01), маска, умноженная на число (вместо mask * 0.01 * x напишите 0.01 * x * mask)",
        "en": "the precision of float32: seven right digits of sixteen. On the way it became float32 — .float(), "
        "torch.tensor(0.01), a mask times a number (write 0.01 * x * mask, not mask * 0.01 * x)",
    },
    "why": {"ru": "похоже: {why}", "en": "probably: {why}"},
}

_language: Language = "ru"


def speak(wanted: Language) -> None:
    """Choose the language of the messages in this process."""
    global _language
    _language = wanted


def language() -> Language:
    """The language of the messages in this process."""
    return _language


def say(key: str, **values: object) -> str:
    """The text named ``key``, filled in."""
    return _TEXTS[key][_language].format(**values)


def percent(share: float) -> str:
    """A share between 0 and 1 as a message says it: 97,3 % in Russian, 97.3% in English."""
    number = f"{100 * share:.1f}".removesuffix(".0")
    return f"{number.replace('.', ',')}\N{NO-BREAK SPACE}%" if _language == "ru" else f"{number}%"

"""Ответы из песочницы: там чужой код, поэтому прийти может что угодно."""

import torch

from kafedra.testing import check

ROUNDED = (
    "точность как у float32. Он появляется из .float(), из torch.tensor(0.01) и из маски, умноженной на число: "
    "вместо (x <= 0) * 0.01 * x напишите 0.01 * x * (x <= 0)"
)
FORM = "форма и тип ответа — те же, что у входа: не приводите типы и не меняйте форму"


def parts(answer, count, call):
    """Ответ пробы из `count` частей."""
    whole = isinstance(answer, tuple) and len(answer) == count
    check.that(whole, f"{call}: проба вернула не {count} значения, а что-то другое")
    return answer


def gradient_of(answer, call, x, upstream):
    """Градиент, который дошёл до входа; объясняет, если не дошёл."""
    gradient, bypass = parts(answer, 2, call)
    check.that(
        gradient is not None,
        f"{call}: градиент не доходит до входа x формы {tuple(x.shape)}\n"
        "похоже: ответ оторван от графа вычислений — .detach(), .data, numpy, torch.no_grad() "
        "или torch.tensor(...) внутри forward",
    )
    check.tensor(gradient, shape=x.shape, dtype=x.dtype, call=f"градиент {call}", inputs={"x": x})
    why = "backward пишет прямо в пришедший сверху градиент, а он нужен и другим; скопируйте его: grad.clone()"
    check.equal(bypass, upstream, call=f"other + {call}: градиент по other, соседу по сумме", why=why)
    return gradient


def looks_like(answer, x):
    """Тензор ли это той же формы и того же типа, что x."""
    return type(answer) is torch.Tensor and answer.shape == x.shape and answer.dtype == x.dtype


def has_nan(answer):
    """Есть ли в ответе NaN; у того, что не тензор, — нет."""
    return type(answer) is torch.Tensor and bool(answer.isnan().any())


def likely_cause(answer, expected, suspects, otherwise):
    """Объяснение того из неверных ответов, с которым совпал этот; если ни с каким — `otherwise`."""
    if type(answer) is not torch.Tensor or answer.numel() == 0:
        return otherwise
    if not looks_like(answer, expected):
        return FORM
    for why, wrong in suspects.items():
        if torch.allclose(answer, wrong, **_closeness(answer)):
            return why
    # у float32 семь значащих цифр; 10⁻⁷ — для сигмоиды, где они теряются на вычитании из единицы
    if answer.dtype == torch.float64 and torch.allclose(answer, expected, rtol=1e-6, atol=1e-7):
        return ROUNDED
    return otherwise


def _closeness(answer):
    return {"rtol": 1e-10, "atol": 1e-12} if answer.dtype == torch.float64 else {"rtol": 1e-5, "atol": 1e-6}


def cause_at_large(answer, expected, x, suspects, *, if_nan, otherwise):
    """То же на больших числах: ошибка, которая видна уже при |x| ≤ 1, с их величиной не связана."""
    if not looks_like(answer, expected):
        return FORM
    if has_nan(answer):
        return if_nan
    near = x.abs() <= 1
    if torch.allclose(answer[near], expected[near], **_closeness(answer)):
        rounded = answer.dtype == torch.float64 and torch.allclose(answer, expected, rtol=1e-6, atol=0)
        return ROUNDED if rounded else otherwise
    formula = "неверна сама формула, ошибка видна и при |x| ≤ 1: начните с тестов на обычных числах"
    cases = {why: wrong[near] for why, wrong in suspects.items()}
    return likely_cause(answer[near], expected[near], cases, formula)

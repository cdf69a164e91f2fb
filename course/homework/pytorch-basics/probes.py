"""Как проверка вызывает ваш код: здесь всё, что она с ним делает. И здесь же рисуются буквы.

Проверка передаёт сюда тензоры и получает обратно тензоры и числа; сравнивает и считает она сама, в другом
процессе. `draw_letters` и `write_glyphs` нужны и вам: ноутбук делает ими те же файлы, что и проверка.
"""

import contextlib
import copy
import inspect
import itertools
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.overrides import TorchFunctionMode
from torch.utils.data import DataLoader

# Первый вызов этих методов загружает компилятор torch._dynamo: несколько секунд, которые здесь ни к чему.
for _name in ("add_param_group", "state_dict", "load_state_dict", "zero_grad"):
    setattr(torch.optim.Optimizer, _name, inspect.unwrap(getattr(torch.optim.Optimizer, _name)))
for _kind in (torch.optim.SGD, torch.optim.Adam):
    _kind.step = torch.no_grad()(inspect.unwrap(_kind.step))

# ── буквы и файлы ────────────────────────────────────────────────────────────────────────────────────────────────────

FONTS = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSansMono")


def draw_letters(letters, rng, side=20):
    """Картинки букв: uint8 (N, side, side), краска — 255, бумага — 0. `rng` — генератор numpy.

    Шрифт, размер, место, наклон и шум у каждой буквы свои.
    """
    import matplotlib as mpl
    from PIL import Image, ImageDraw, ImageFont

    folder = Path(mpl.get_data_path(), "fonts", "ttf")
    sizes = (side * 6 // 10, side * 7 // 10)
    fonts = [ImageFont.truetype(str(folder / f"{name}.ttf"), size) for name in FONTS for size in sizes]
    images = np.zeros((len(letters), side, side), dtype=np.uint8)
    for image, letter in zip(images, letters, strict=True):
        canvas = Image.new("L", (side, side))
        place = side / 2 + rng.uniform(-0.17 * side, 0.17 * side, size=2)
        ImageDraw.Draw(canvas).text(tuple(place), letter, fill=255, font=fonts[rng.integers(len(fonts))], anchor="mm")
        canvas = canvas.rotate(rng.uniform(-12, 12), resample=Image.Resampling.BILINEAR)
        paint = rng.uniform(0.6, 1.0) * np.asarray(canvas, dtype=np.float64)
        image[:] = np.clip(paint + rng.normal(0, 20, size=paint.shape), 0, 255)
    return images


def write_glyphs(root, alphabet, train, test):
    """Записать набор букв в папку `root`.

    `alphabet` — строка из букв; `train` и `test` — пары (картинки uint8 (N, H, W), строки таблицы), где строка
    таблицы — пара (номер картинки, буква). Получится:

        root/alphabet.txt       по букве на строке; номер строки, считая с нуля, — класс буквы
        root/train/images.npy   картинки, uint8 (N, H, W)
        root/train/labels.csv   заголовок image,letter и строки вида 17,Ж
        root/test/…             то же
    """
    root = Path(root)
    root.mkdir(parents=True, exist_ok=True)
    (root / "alphabet.txt").write_text("".join(f"{letter}\n" for letter in alphabet), encoding="utf-8")
    for part, (images, rows) in {"train": train, "test": test}.items():
        (root / part).mkdir(exist_ok=True)
        np.save(root / part / "images.npy", np.asarray(images))
        lines = ["image,letter\n", *(f"{number},{letter}\n" for number, letter in rows)]
        (root / part / "labels.csv").write_text("".join(lines), encoding="utf-8")


@contextlib.contextmanager
def _folder(data):
    """Временная папка с набором букв; `data` — то, что принимает write_glyphs."""
    with tempfile.TemporaryDirectory() as folder:
        write_glyphs(folder, *data)
        yield folder


# ── GlyphDataset и collate ───────────────────────────────────────────────────────────────────────────────────────────


def items(student, data, picks, *options):
    """Длина `GlyphDataset(root, *options)` и те из элементов с номерами `picks`, что в неё укладываются."""
    with _folder(data) as root:
        dataset = student.GlyphDataset(root, *options)
        return len(dataset), [dataset[number] for number in picks if number < len(dataset)]


def both_parts(student, data):
    """Все элементы двух датасетов, которые живут рядом: обучающего и проверочного. `root` здесь — Path."""
    with _folder(data) as root:
        train = student.GlyphDataset(root=Path(root), train=True, transform=None)
        test = student.GlyphDataset(root=Path(root), train=False, transform=None)
        return [[part[number] for number in range(len(part))] for part in (train, test)]


def transformed(student, data, number, train):
    """Преобразование прибавляет к картинке номер своего вызова: сколько вызовов было до обращений и два обращения."""
    calls = []

    def transform(image):
        calls.append(image)
        return image + len(calls)

    with _folder(data) as root:
        dataset = student.GlyphDataset(root, train=train, transform=transform)
        before = len(calls)
        return before, dataset[number], dataset[number], len(calls)


def transformed_to(student, data, value):
    """Преобразование вернуло `value`: что отдаёт датасет."""
    with _folder(data) as root:
        return student.GlyphDataset(root, transform=lambda image: value)[0]


def spoiled(student, data, number):
    """Преобразование портит картинку на месте: два обращения подряд."""
    with _folder(data) as root:
        dataset = student.GlyphDataset(root, transform=lambda image: image.mul_(-3).sub_(1))
        return dataset[number][0].clone(), dataset[number][0].clone()


def walk(student, data, limit):
    """Сколько элементов отдаёт цикл `for item in dataset` (не больше `limit`) и есть ли IndexError за краем."""
    with _folder(data) as root:
        dataset = student.GlyphDataset(root)
        count = sum(1 for _ in itertools.islice(iter(dataset), limit))
        try:
            dataset[len(dataset)]
        except IndexError:
            return count, True
        return count, False


def collated(student, batch):
    """`collate(batch)` и сами картинки после неё."""
    return student.collate(batch), [image for image, _ in batch]


def without_tables(student, data, number):
    """Элемент датасета, у которого после создания исчезли таблица и алфавит; None, если без них он не отдаётся."""
    with _folder(data) as root:
        dataset = student.GlyphDataset(root)
        for path in (Path(root, "alphabet.txt"), Path(root, "train", "labels.csv")):
            path.unlink()
        try:
            return dataset[number]
        except OSError:
            return None


def loaded(student, data, batch_size, crops):
    """Батчи `DataLoader` из вашего датасета; у картинки номер i оставлены crops[i] строк и столбцов."""
    sizes = iter(crops)

    def crop(image):
        rows, columns = next(sizes)
        return image[:, :rows, :columns]

    with _folder(data) as root:
        dataset = student.GlyphDataset(root, train=True, transform=crop)
        return list(DataLoader(dataset, batch_size, collate_fn=student.collate))


# ── модули ───────────────────────────────────────────────────────────────────────────────────────────────────────────

KINDS = {"Linear": nn.Linear, "Conv2d": nn.Conv2d, "BatchNorm2d": nn.BatchNorm2d}


def _layers(model):
    """Слои с весами в том порядке, в каком их видит `model.modules()`: пары (вид, слой)."""
    kinds = [(kind, module) for module in model.modules() for kind, cls in KINDS.items() if isinstance(module, cls)]
    return [(kind, module) for kind, module in kinds if module.weight is not None]


class _Used(TorchFunctionMode):
    """Запоминает, в каком порядке вычисления впервые берут тензоры: номер тензора → его место."""

    def __init__(self):
        super().__init__()
        self.places = {}

    def __torch_function__(self, function, types, args=(), kwargs=None):
        for value in (*args, *(kwargs or {}).values()):
            if isinstance(value, torch.Tensor):
                self.places.setdefault(id(value), len(self.places))
        return function(*args, **(kwargs or {}))


def _in_order(model, x):
    """Слои с весами в том порядке, в каком они работают на входе x; кто не работает — в конце.

    Порядок, в котором слои созданы, ничего не значит.
    """
    mode = model.training
    with torch.no_grad(), _Used() as used:
        model.eval()(x.clone())
    model.train(mode)
    return sorted(_layers(model), key=lambda one: used.places.get(id(one[1].weight), len(used.places)))


def _fill(layers, values):
    """Записать в слои данные числа: values — список (вид, словарь тензоров). Список слоёв или None, если не вышло.

    Слои находят по виду и форме весов; среди одинаковых — по порядку, в котором они работают.
    """
    free, chosen = layers, []
    for kind, tensors in values:
        same = [one for one in free if one[0] == kind and one[1].weight.shape == tensors["weight"].shape]
        if not same:
            return None
        free.remove(same[0])
        state = same[0][1].state_dict()
        if any(name not in state for name in tensors):
            return None
        for name, tensor in tensors.items():
            state[name].copy_(tensor)
        chosen.append(same[0][1])
    return chosen


def structure(student, name, args):
    """Из чего состоит сеть `name(*args)`: (вид, форма весов, есть ли смещение) каждого слоя, число параметров, целы ли
    аргументы."""
    given = copy.deepcopy(args)
    model = student[name](*given)
    found = [(kind, tuple(module.weight.shape), module.bias is not None) for kind, module in _layers(model)]
    return found, sum(parameter.numel() for parameter in model.parameters()), given == args


def network(student, name, args, values, x, upstream, training):
    """Сеть с данными весами. Ответ; сколько раз изменён вход; градиенты `(y * upstream).sum()` по входу и по весам."""
    model = student[name](*args).to(x.dtype)
    layers = _fill(_in_order(model, x), values)
    if layers is None:
        return None
    model.train(training)
    once = x.clone()
    version = once._version
    with torch.no_grad():
        y = model(once)
    touched = once._version - version
    if touched or not isinstance(y, torch.Tensor) or y.shape != upstream.shape:
        return y, touched, None
    loss = (model(x.requires_grad_()) * upstream).sum()
    if not loss.requires_grad:
        return y, touched, None
    loss.backward()
    weights = [parameter for layer in layers for parameter in layer.parameters()]
    return y, touched, [x.grad, *(parameter.grad for parameter in weights)]


# ── Trainer ──────────────────────────────────────────────────────────────────────────────────────────────────────────


OLD_GRADIENT = 0.5


class Net(nn.Module):
    """Маленькая сеть, на которой проверяется Trainer: BatchNorm1d и Dropout в двух режимах ведут себя по-разному.

    Она запоминает, как её вызывали: `log` — список троек (режим обучения, считается ли градиент, шаг оптимизатора).
    """

    def __init__(self, weights, dropout=0.0):
        super().__init__()
        hidden, inputs = weights[0].shape
        self.first = nn.Linear(inputs, hidden)
        self.norm = nn.BatchNorm1d(hidden)
        self.drop = nn.Dropout(dropout)
        self.last = nn.Linear(hidden, weights[-1].shape[0])
        self.log, self.optimizer = [], None
        self.to(weights[0].dtype)
        with torch.no_grad():
            for parameter, value in zip(self.parameters(), weights, strict=True):
                parameter.copy_(value)

    def forward(self, x):
        lr = self.optimizer.param_groups[0]["lr"] if self.optimizer else None
        self.log.append((self.training, torch.is_grad_enabled(), lr))
        return self.last(self.drop(torch.tanh(self.norm(self.first(x)))))

    def everything(self):
        """Веса и накопленное BatchNorm: список тензоров."""
        return [value.detach().clone() for value in self.state_dict().values()]


def _trainer(student, weights, recipe):
    """Сеть и ваш Trainer для неё: SGD с моментом, шаг умножается на gamma после каждой второй эпохи."""
    net = Net(weights, recipe["dropout"])
    optimizer = torch.optim.SGD(net.parameters(), lr=recipe["lr"], momentum=recipe["momentum"])
    gamma = recipe["gamma"]
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=gamma) if gamma else None
    net.optimizer = optimizer
    return net, student.Trainer(net, optimizer, scheduler)


def _outcome(net, trainer):
    return net.everything(), trainer.history, trainer.epoch


def fit(student, weights, recipe, train, val, targets, seed):
    """Обучить: `fit(train, val, epochs)` для каждого числа из targets. Что вернул последний вызов; сеть, история,
    номер эпохи; как вызывали сеть. Вначале сеть стоит в режиме eval, и в p.grad лежит старое: всюду OLD_GRADIENT."""
    torch.manual_seed(seed)
    net, trainer = _trainer(student, weights, recipe)
    for parameter in net.parameters():
        parameter.grad = torch.full_like(parameter, OLD_GRADIENT)
    net.eval()
    for epochs in targets:
        returned = trainer.fit(train, val, epochs)
    return returned, _outcome(net, trainer), net.log


def evaluate(student, weights, warm, val, training):
    """`evaluate(val)` у сети, которая видела батч `warm`: ответ, режим после, как вызывали сеть, изменилась ли она."""
    recipe = {"lr": 0.1, "momentum": 0.9, "gamma": None, "dropout": 0.5}
    net, trainer = _trainer(student, weights, recipe)
    net(warm).sum().backward()
    before, gradients = net.everything(), [parameter.grad.clone() for parameter in net.parameters()]
    net.log.clear()
    net.train(training)
    result = trainer.evaluate(val)
    kept = all(torch.equal(one, two) for one, two in zip(before, net.everything(), strict=True))
    grads = [parameter.grad for parameter in net.parameters()]
    untouched = all(two is not None and torch.equal(one, two) for one, two in zip(gradients, grads, strict=True))
    return result, net.training, net.log, kept, untouched


def interrupted(student, weights, others, recipe, other_lr, train, val, pause, epochs, seed):
    """Одно обучение два раза: без перерыва и с перерывом после `pause` эпох.

    В перерыве всё новое: сеть с весами `others`, оптимизатор с шагом `other_lr`, расписание, зерно. Файл
    переименован: узнать состояние можно только из него самого.
    """
    with tempfile.TemporaryDirectory() as folder:
        saved, moved = Path(folder, "saved.pt"), Path(folder, "moved.pt")
        torch.manual_seed(seed)
        net, trainer = _trainer(student, weights, recipe)
        trainer.fit(train, val, pause)
        trainer.save(saved)
        trainer.fit(train, val, epochs)
        straight = _outcome(net, trainer)
        saved.rename(moved)
        torch.manual_seed(seed + 1)
        net, trainer = _trainer(student, others, recipe | {"lr": other_lr})
        trainer.load(moved)
        reached = trainer.epoch
        trainer.fit(train, val, epochs)
        return straight, _outcome(net, trainer), reached


# ── точность ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _normalise(image):
    return (image - 0.2) / 0.3


def _pipeline(student, root, name, args, recipe):
    """Датасеты, батчи, сеть и Trainer — всё ваше; Adam и косинусное расписание — из torch."""
    train = student.GlyphDataset(root, train=True, transform=_normalise)
    test = student.GlyphDataset(root, train=False, transform=_normalise)
    loaders = [
        DataLoader(train, recipe["batch"], shuffle=True, collate_fn=student.collate),
        DataLoader(test, recipe["batch"], collate_fn=student.collate),
    ]
    model = student[name](*args)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe["lr"])
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, recipe["epochs"])
    return model, student.Trainer(model, optimizer, scheduler), loaders


def learn(student, data, name, args, recipe):
    """Обучить сеть `name(*args)` вашими руками от файлов до весов: веса по слоям и история.

    Если в рецепте есть `pause`, обучение прерывают после стольких эпох и продолжают с файла заново созданными
    сетью, оптимизатором и расписанием.
    """
    with _folder(data) as root:
        model, trainer, loaders = _pipeline(student, root, name, args, recipe)
        if "pause" in recipe:
            trainer.fit(*loaders, recipe["pause"])
            trainer.save(Path(root, "checkpoint.pt"))
            model, trainer, loaders = _pipeline(student, root, name, args, recipe)
            trainer.load(Path(root, "checkpoint.pt"))
        trainer.fit(*loaders, recipe["epochs"])
        layers = _in_order(model, next(iter(loaders[1]))[0])
        return [(kind, dict(module.state_dict())) for kind, module in layers], trainer.history

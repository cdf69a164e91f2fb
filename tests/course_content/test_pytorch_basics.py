"""The assignment `pytorch-basics`: every honest solution gets everything, in whatever style it is written.

The trainings on letters take seconds each and are left out here, except for what a forged training returns.
"""

from __future__ import annotations

import shutil

import pytest
from tests.course_content.reports import HOMEWORK, lost

from kafedra.course import Assignment, load_assignment
from kafedra.grading import Grader, Outcome, Report

ASSIGNMENT = "pytorch-basics"
ROOT = HOMEWORK / ASSIGNMENT
PLAIN = (ROOT / "solutions" / "plain.py").read_text("utf-8")


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The assignment without its trainings on letters, worth 1.7."""
    folder = tmp_path_factory.mktemp("course") / ASSIGNMENT
    ignored = shutil.ignore_patterns("test_whole.py", "mutants", "solutions", "__pycache__")
    shutil.copytree(ROOT, folder, ignore=ignored)
    description = folder / "assignment.toml"
    description.write_text(description.read_text("utf-8").replace("points = 2\n", "points = 1.7\n"), "utf-8")
    return load_assignment(folder)


@pytest.fixture
def grade(grader: Grader, quick: Assignment):
    """``grade(code)``: the report on the plain solution with ``code`` below it, without the trainings."""

    def run(code: str, seed: int = 0) -> Report:
        return grader.grade(quick, {"pytorch-basics.py": f"{PLAIN}\n\n{code}\n".encode()}, seed=seed, reveal=True)

    return run


HONEST = {
    "a dataset of lists, with copies and a transform that may be anything": """
class GlyphDataset:
    def __init__(self, root, train=True, transform=None):
        part = Path(root).joinpath(["test", "train"][bool(train)])
        self.transform = transform
        names = {}
        for number, line in enumerate(Path(root).joinpath("alphabet.txt").read_bytes().decode().splitlines()):
            names[line.strip()] = number
        pixels = np.load(part / "images.npy").astype(np.float64) / 255
        self.items = []
        for line in (part / "labels.csv").read_text("utf-8").strip().split("\\n")[1:]:
            number, letter = line.split(",")
            self.items.append((torch.tensor(pixels[int(number)]).float().unsqueeze(0), names[letter]))

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        image, label = self.items[index]
        image = image.detach().clone()
        return [image if self.transform is None else self.transform(image), label]
""",
    "images mapped from the disk and a generator in __iter__": """
class GlyphDataset(Dataset):
    def __init__(self, root, train=True, transform=None):
        self.folder = Path(root) / ("train" if train else "test")
        self.alphabet = (Path(root) / "alphabet.txt").read_text(encoding="utf-8").split("\\n")
        table = self.folder / "labels.csv"
        self.table = np.genfromtxt(table, delimiter=",", dtype=str, skip_header=1, encoding="utf-8")
        self.images = np.load(self.folder / "images.npy", mmap_mode="r")
        self.transform = transform

    def __len__(self):
        return self.table.shape[0]

    def __iter__(self):
        return (self[k] for k in range(len(self)))

    def __getitem__(self, index):
        number, letter = self.table[index]
        image = torch.as_tensor(self.images[int(number)] / np.float32(255))[None]
        for transform in [self.transform] if self.transform else []:
            image = transform(image)
        return image, self.alphabet.index(letter)
""",
    "collate pads, then lets torch stack": """
def collate(batch):
    tall, wide = (max(image.size(axis) for image, _ in batch) for axis in (-2, -1))
    grown = []
    for image, label in batch:
        frame = image.new_zeros(image.size(0), tall, wide)
        frame[..., : image.size(1), : image.size(2)].copy_(image)
        grown.append((frame, label))
    return torch.utils.data.default_collate(grown)
""",
    "networks with other names, functional style, heads first": """
class CustomMLP(nn.Module):
    def __init__(self, inputs, hidden, classes):
        super().__init__()
        self.head = nn.Linear(hidden[-1] if hidden else inputs, classes)
        for number, width in enumerate(hidden):
            setattr(self, f"fc{number}", nn.Linear(inputs, width))
            inputs = width
        self.depth = len(hidden)

    def forward(self, images):
        h = images.view(images.size(0), -1) if images.is_contiguous() else images.reshape(images.size(0), -1)
        for number in range(self.depth):
            h = torch.maximum(getattr(self, f"fc{number}")(h), torch.zeros((), dtype=h.dtype))
        return functional.linear(h, self.head.weight, self.head.bias)


class CustomCNN(nn.Module):
    def __init__(self, channels, classes):
        super().__init__()
        self.body = nn.Sequential()
        for a, b in zip([1, *channels], channels):
            self.body.append(nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.MaxPool2d(2), nn.ReLU(inplace=True)))
        self.body.extend([nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten()])
        self.body.append(nn.Linear(channels[-1], classes))

    def forward(self, images):
        return self.body(images)


class ResBlock(nn.Module):
    def __init__(self, c, hidden):
        super().__init__()
        self.norms = nn.ModuleDict({"second": nn.BatchNorm2d(c), "first": nn.BatchNorm2d(hidden)})
        self.kernels = nn.ModuleDict({
            "second": nn.Conv2d(hidden, c, 3, padding="same", bias=False),
            "first": nn.Conv2d(c, hidden, 3, padding="same", bias=False),
        })

    def forward(self, images):
        skip, h = images, images
        for name in ("first", "second"):
            h = self.norms[name](self.kernels[name](functional.relu(h) if name == "second" else h))
        return functional.relu_(skip + h)


class CustomResNet(nn.Module):
    def __init__(self, c, hidden, blocks, classes):
        super().__init__()
        self.out = nn.Linear(c, classes)
        for number in range(blocks):
            self.add_module(f"block{number}", ResBlock(c, hidden))
        self.start = nn.Sequential(nn.Conv2d(1, c, 3, 1, 1, bias=False), nn.BatchNorm2d(c), nn.ReLU(True))

    def forward(self, images):
        h = functional.max_pool2d(self.start(images), 2)
        for name, module in self.named_children():
            if name.startswith("block"):
                h = module(h)
        return self.out(h.mean([2, 3]))
""",
    "a trainer with its state in one dictionary, written with pickle": """
import io
import pickle


class Trainer:
    def __init__(self, model, optimizer, scheduler=None):
        self.model, self.optimizer, self.scheduler = model, optimizer, scheduler
        self.history = []
        self.criterion = nn.CrossEntropyLoss(reduction="none")

    epoch = property(lambda self: self.history[-1]["epoch"] if self.history else 0)

    def run(self, loader, learn):
        losses, hits = torch.zeros(0), torch.zeros(0)
        for x, y in loader:
            with torch.set_grad_enabled(learn):
                logits = self.model(x)
                loss = self.criterion(logits, y)
            if learn:
                self.optimizer.zero_grad(set_to_none=False)
                torch.mean(loss).backward()
                self.optimizer.step()
            losses = torch.cat([losses.to(loss.dtype), loss.detach()])
            hits = torch.cat([hits, (logits.max(dim=1).indices == y).float()])
        return float(losses.sum() / len(losses)), hits.sum().item() / hits.numel()

    def evaluate(self, loader):
        before = self.model.training
        self.model.train(False)
        loss, accuracy = self.run(loader, learn=False)
        if before:
            self.model.train()
        return {"loss": loss, "accuracy": accuracy, "examples": 0}

    def fit(self, train_loader, val_loader, epochs):
        for number in range(self.epoch + 1, epochs + 1):
            lr = [group["lr"] for group in self.optimizer.param_groups][0]
            loss, _ = self.run(train_loader, learn=bool(self.model.train()))
            val = self.evaluate(val_loader)
            self.history += [dict(
                epoch=number, lr=lr, train_loss=loss, val_loss=val["loss"], val_accuracy=val["accuracy"], seconds=1.0
            )]
            if self.scheduler is not None:
                self.scheduler.step()
        return self.history

    def save(self, path):
        memory = io.BytesIO()
        torch.save([part.state_dict() for part in (self.model, self.optimizer, self.scheduler) if part], memory)
        packed = pickle.dumps((memory.getvalue(), self.history, torch.get_rng_state().tolist()))
        Path(path).write_bytes(packed)

    def load(self, path):
        states, self.history, random = pickle.loads(Path(path).read_bytes())
        parts = [part for part in (self.model, self.optimizer, self.scheduler) if part]
        for part, state in zip(parts, torch.load(io.BytesIO(states))):
            part.load_state_dict(state)
        torch.set_rng_state(torch.tensor(random, dtype=torch.uint8))
""",
    "a trainer that averages what torch has summed": """
class Trainer(Trainer):
    def train_epoch(self, loader):
        self.model.train()
        total = count = 0
        for x, y in loader:
            loss = functional.nll_loss(functional.log_softmax(self.model(x), dim=1), y, reduction="sum")
            self.model.zero_grad()
            (loss / len(y)).backward()
            self.optimizer.step()
            total, count = total + loss.item(), count + len(y)
        return total / count

    @torch.inference_mode()
    def evaluate(self, loader):
        mode = self.model.training
        self.model.eval()
        answers = [(self.model(x), y) for x, y in loader]
        self.model.train(mode)
        logits, labels = (torch.cat(part) for part in zip(*answers))
        hits = (logits.argmax(dim=-1) == labels).sum().item()
        return {"loss": functional.cross_entropy(logits, labels).item(), "accuracy": hits / len(labels)}

    def fit(self, train_loader, val_loader, epochs):
        for epoch in range(self.epoch + 1, epochs + 1):
            record = {"epoch": epoch, "lr": self.optimizer.param_groups[0]["lr"]}
            record["train_loss"] = self.train_epoch(train_loader)
            record.update({f"val_{key}": value for key, value in self.evaluate(val_loader).items()})
            self.history.append(record)
            self.epoch = epoch
            if self.scheduler:
                self.scheduler.step()
        return self.history
""",
    "a trainer that also keeps the generators of Python and numpy": """
import random


class Careful(Trainer):
    def save(self, path):
        super().save(path)
        state = torch.load(path)
        state["python"], state["best"] = random.getstate(), dict(enumerate("abc"))
        torch.save(state, path)

    def load(self, path):
        super().load(path)
        random.setstate(torch.load(path)["python"])


Base, Trainer = Trainer, Careful
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_solution_gets_everything(grade, name: str) -> None:
    report = grade(HONEST[name])
    assert lost(report) == {}
    assert report.notes == ()


ANSWERS = ["None", "x", "(x, x)", "[]", "'text'", "float('nan')", "torch.zeros(())", "{'loss': None, 'accuracy': []}"]


@pytest.mark.parametrize("answer", ANSWERS)
def test_garbage_earns_nothing_and_breaks_nothing(grade, answer: str) -> None:
    report = grade(
        f"""
class GlyphDataset:
    def __init__(self, *args, **kwargs):
        pass

    def __len__(self):
        return 9

    def __getitem__(self, x):
        return {answer}


def collate(x):
    return {answer}


class CustomMLP(nn.Module):
    def __init__(self, *args):
        super().__init__()

    def forward(self, x):
        return {answer}


class ResBlock(CustomMLP):
    pass


class CustomCNN(CustomMLP):
    pass


class CustomResNet(CustomMLP):
    pass


class Trainer:
    epoch, history = 3, [{answer.replace("x", "0")}] * 3

    def __init__(self, x, *args):
        self.model = x

    def fit(self, x, *args):
        return {answer}

    evaluate = save = load = fit
"""
    )
    assert report.points == 0
    assert {test.outcome for test in report.tests} <= {Outcome.FAILED, Outcome.ERROR}
    assert all(test.message for test in report.tests)


NETS = "[('Linear', {'weight': torch.zeros(64, 256), 'bias': torch.zeros(64)})]"
FORGED = [
    "None",
    "(None, None)",
    "([], [])",
    "([('Linear', 5), 7, ('Conv2d', {'weight': 1})], [{}] * 10)",
    f"({NETS}, [{{'val_accuracy': 1.0}}] * 10)",
    "float('nan')",
]


@pytest.mark.parametrize("answer", FORGED)
def test_a_forged_training_is_judged_not_believed(grader: Grader, assignment: Assignment, answer: str) -> None:
    code = f"import probes\n\n{PLAIN}\n\nprobes.learn = lambda *a: {answer}\n"
    code = code.replace("class Trainer:", f"class Trainer:\n    probes.learn = lambda *a: {answer}\n")
    report = grader.grade(assignment, {"pytorch-basics.py": code.encode()}, seed=0, reveal=True)
    whole = [test for test in report.tests if test.id.startswith("test_whole.py")]
    assert [test.points for test in whole] == [0, 0]
    assert {test.outcome for test in whole} == {Outcome.FAILED}


UNTRAINED = """
def forged(student, data, name, args, recipe):
    torch.manual_seed(0)
    layers = [(kind, dict(layer.state_dict())) for kind, layer in probes._layers(student[name](*args))]
    return layers, [{"val_accuracy": 1.0}] * recipe["epochs"]
"""


def test_a_claimed_accuracy_is_recomputed(grader: Grader, assignment: Assignment) -> None:
    code = f"import probes\n\n{PLAIN}\n{UNTRAINED}".replace(
        "class Trainer:", "class Trainer:\n    probes.learn = lambda *a: forged(*a)\n"
    )
    report = grader.grade(assignment, {"pytorch-basics.py": code.encode()}, seed=0, reveal=True)
    messages = [test.message for test in report.tests if test.id.startswith("test_whole.py")]
    assert len(messages) == 2
    assert all("val_accuracy в истории" in message for message in messages)

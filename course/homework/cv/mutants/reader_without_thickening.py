# what: утолщения в обучении нет: к жирному шрифту сеть не готова
# caught_by: test_unseen_font
# phrase: сеть привыкла к толщине штриха
# base: tensors

import torch


def only_shift(images, generator):
    dy, dx = torch.randint(-2, 3, (2, len(images)), generator=generator)
    return shift(images, dy, dx)


class Reader:
    def __init__(self, images, labels, epochs=10, distort=only_shift):
        numbers = class_map(labels)
        self.letters = list(numbers)
        self.normalise = Normalise(images)
        self.model = LetterNet(len(numbers))
        y = torch.tensor([numbers[letter] for letter in labels])
        generator = torch.Generator().manual_seed(int(torch.randint(2**31, ())))
        optimizer = torch.optim.AdamW(self.model.parameters(), weight_decay=1e-2)
        steps = epochs * -(-len(images) // 64)
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1e-2, total_steps=steps + 1)
        for _ in range(epochs):
            for batch, target in batches(images, y, 64, generator):
                training_step(self.model, optimizer, self.normalise(distort(batch, generator)), target)
                schedule.step()
        self.model.eval()

    def scores(self, images):
        self.model.eval()
        with torch.no_grad():
            return self.model(self.normalise(images))

    def read(self, images):
        return "".join(self.letters[number] for number in self.scores(images).argmax(1).tolist())

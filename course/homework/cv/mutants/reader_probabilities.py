# what: scores возвращает вероятности, а не ответы сети
# caught_by: test_scores
# phrase: это вероятности
# base: tensors

import torch


class Reader:
    def __init__(self, images, labels, epochs=10, distort=augment):
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
            return self.model(self.normalise(images)).softmax(1)

    def read(self, images):
        return "".join(self.letters[number] for number in self.scores(images).argmax(1).tolist())

# what: отдаётся сама хранимая картинка: преобразование портит её навсегда
# caught_by: test_access
# phrase: отдавайте копию
# base: plain
# replace: np.load(folder / "images.npy") -> torch.from_numpy(np.load(folder / "images.npy"))[:, None] / 255
# replace: torch.from_numpy(self.images[number]).float()[None] / 255 -> self.images[number]

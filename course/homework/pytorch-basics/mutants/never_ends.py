# what: номер берётся по модулю: цикл по датасету не кончается
# caught_by: test_access
# phrase: IndexError
# base: plain
# replace: rows[index] -> rows[index % len(self.rows)]

"""Words that the database keeps and cannot read.

A model that derives from `Sealed` keeps its `words` (a dictionary) encrypted by a key of its own circle of readers, such
as one partnership's. That key is a row too, wrapped by a master key from the environment, which no dump and no backup
of the database holds. Destroying the key's row destroys the words, wherever copies of them have got to.
"""

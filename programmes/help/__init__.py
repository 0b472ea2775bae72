"""Getting help: questions to the co-ordinator, complaints, and concerns about somebody's safety. Three ways, three kinds
of readers, three tables.
"""

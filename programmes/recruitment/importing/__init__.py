"""Lists of people: reading a file, matching its columns, and saying what each row would do (interface A2)."""

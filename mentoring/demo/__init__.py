"""`make demo`: Alongside with its own servers, sample data, and a page on which every sent message can be read."""

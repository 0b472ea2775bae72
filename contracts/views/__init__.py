"""The agreement's pages: for partners to fill in and sign, for co-ordinators to see how it stands and to word it."""

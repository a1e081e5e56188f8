"""The list of organisations that a department has, read into rows of the register: a ``Reading`` and the register come
in, a ``Roll`` goes out. Nothing is decided that the words do not say: what is unclear is asked of whoever brought it.
"""

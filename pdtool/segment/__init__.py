"""Words: the only package that knows jieba, its dictionary and its figures."""

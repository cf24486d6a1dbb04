"""Words: the only place that knows jieba, its dictionary and its figures."""

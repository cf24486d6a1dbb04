"""How slipped text is read back.

:mod:`~pdtool.normalise.slips.byte_slips` is the entry. It looks for starts (``starts``), reads each from
there (``search``: where the span may end is told by ``span`` and ``line``, what its characters are by
``solver``, with ``candidate_finder`` and ``beam``), and accepts what is far likelier than the text as it
stands. Two sorts of tables stand under these: GBK (``gbk``, ``choices``) and the language model
(``language_model``, ``ngram_tables``, ``model_tables``), which ``prepare``, ``dictionary`` and
``running_text`` make before a release.
"""

"""Documents: what is known about each, and functions mapped over a corpus of them."""
